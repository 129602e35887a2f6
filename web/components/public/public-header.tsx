import { Logo } from '../shell/logo';
import { buttonLook } from '../ui/button';

/** Its links are the browser's own: the pages are files near the reader, and Next's links would weigh more than they save. */
export function PublicHeader() {
  return (
    <header className="mx-auto flex h-16 w-full max-w-6xl items-center gap-6 px-5 sm:px-8">
      <a href="/" className="flex items-center gap-2.5 rounded-md text-lg font-semibold tracking-tight">
        <Logo />
        Mewayz
      </a>
      <nav aria-label="Main" className="ms-auto flex items-center gap-1 sm:gap-2">
        <a
          href="/api/v1/docs"
          className="hidden h-control-md items-center rounded-md px-3 text-muted transition-colors hover:text-fg sm:inline-flex"
        >
          API
        </a>
        <a
          href="/status"
          className="hidden h-control-md items-center rounded-md px-3 text-muted transition-colors hover:text-fg sm:inline-flex"
        >
          Status
        </a>
        <a href="/sign-in" className={buttonLook({ variant: 'ghost' })}>
          Sign in
        </a>
        <a href="/register" className={buttonLook({ variant: 'primary' })}>
          Register
        </a>
      </nav>
    </header>
  );
}
