import Link from 'next/link';
import { Logo } from '../shell/logo';
import { ButtonLink } from '../ui/button';

export function PublicHeader() {
  return (
    <header className="mx-auto flex h-16 w-full max-w-6xl items-center gap-6 px-5 sm:px-8">
      <Link href="/" className="flex items-center gap-2.5 rounded-md text-lg font-semibold tracking-tight">
        <Logo />
        Mewayz
      </Link>
      <nav aria-label="Main" className="ms-auto flex items-center gap-1 sm:gap-2">
        <a
          href="/api/v1/docs"
          className="hidden h-control-md items-center rounded-md px-3 text-muted transition-colors hover:text-fg sm:inline-flex"
        >
          API
        </a>
        <Link
          href="/status"
          className="hidden h-control-md items-center rounded-md px-3 text-muted transition-colors hover:text-fg sm:inline-flex"
        >
          Status
        </Link>
        <ButtonLink href="/sign-in" variant="ghost">
          Sign in
        </ButtonLink>
        <ButtonLink href="/register" variant="primary">
          Register
        </ButtonLink>
      </nav>
    </header>
  );
}
