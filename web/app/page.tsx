import { ApiOverview } from './api-overview';

export default function Home() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-3xl flex-col gap-10 px-5 py-12 sm:px-8 sm:py-20">
      <header className="flex flex-col gap-4">
        <p className="font-mono text-sm text-(--muted)">mewayz</p>
        <h1 className="text-4xl font-semibold tracking-tight text-balance sm:text-5xl">
          The business platform that runs in your own AWS account.
        </h1>
        <p className="max-w-prose text-lg text-pretty text-(--muted)">
          Products, orders, people and figures. One table, single-purpose functions, events for everything: defined as
          code, and the same on this machine as in the cloud.
        </p>
      </header>
      <ApiOverview />
      <footer className="mt-auto border-t border-(--line) pt-6 text-sm text-(--muted)">
        The demo data is from UCI Online Retail (D. Chen, 2015), CC BY 4.0, doi 10.24432/C5BW33.
      </footer>
    </main>
  );
}
