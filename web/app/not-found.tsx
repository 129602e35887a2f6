import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-3xl flex-col justify-center gap-4 px-5 sm:px-8">
      <p className="font-mono text-sm text-(--muted)">404</p>
      <h1 className="text-3xl font-semibold tracking-tight">There is no such page.</h1>
      <p>
        <Link className="text-(--accent) underline-offset-4 hover:underline" href="/">
          Go to the start
        </Link>
      </p>
    </main>
  );
}
