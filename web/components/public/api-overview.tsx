'use client';

import { useEffect, useState } from 'react';

interface Link {
  href: string;
  method: string;
}
interface Readiness {
  status: 'ready' | 'degraded';
  dependencies: Record<string, { status: 'up' | 'down'; milliseconds: number }>;
}
type State =
  | { kind: 'asking' }
  | { kind: 'answered'; readiness: Readiness; links: Record<string, Link> }
  | { kind: 'unreachable'; reason: string };

const RETRY_MS = 5_000;

async function ask(
  path: string,
): Promise<{ status: number; body: { data?: unknown; error?: { details?: Record<string, unknown> } } }> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(10_000) });
  return { status: response.status, body: await response.json() };
}

/** Asks the API whether all that it stands on answers, shows it, and asks again while something does not. */
export function ApiOverview() {
  const [state, setState] = useState<State>({ kind: 'asking' });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const refresh = async () => {
      try {
        const [ready, root] = await Promise.all([ask('/api/v1/ready'), ask('/api/v1/')]);
        if (gone) return;
        const readiness = (ready.body.data ?? {
          status: 'degraded',
          dependencies: (ready.body.error?.details?.dependencies as Readiness['dependencies']) ?? {},
        }) as Readiness;
        const links = ((root.body.data as { _links?: Record<string, Link> } | undefined)?._links ?? {}) as Record<
          string,
          Link
        >;
        setState({ kind: 'answered', readiness, links });
        if (readiness.status !== 'ready') timer = setTimeout(refresh, RETRY_MS);
      } catch (error) {
        if (gone) return;
        setState({ kind: 'unreachable', reason: error instanceof Error ? error.message : 'no answer' });
        timer = setTimeout(refresh, RETRY_MS);
      }
    };
    void refresh();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);

  return (
    <section aria-labelledby="api" className="flex flex-col gap-6 rounded-xl border bg-surface p-6 sm:p-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="api" className="text-xl font-semibold">
          The API
        </h2>
        <p role="status" aria-live="polite" className="font-mono text-sm">
          <Summary state={state} />
        </p>
      </div>
      {state.kind === 'unreachable' && (
        <p className="text-bad">
          The API does not answer ({state.reason}). This page asks again every {RETRY_MS / 1000} seconds.
        </p>
      )}
      {state.kind === 'answered' && (
        <>
          <ul className="grid gap-3 sm:grid-cols-4">
            {Object.entries(state.readiness.dependencies).map(([name, check]) => (
              <li key={name} className="rounded-lg border px-4 py-3">
                <p className="text-sm text-muted">{name}</p>
                <p className={`font-medium ${check.status === 'up' ? 'text-good' : 'text-bad'}`}>{check.status}</p>
                <p className="font-mono text-xs text-muted">{check.milliseconds} ms</p>
              </li>
            ))}
          </ul>
          <div className="flex flex-col gap-2">
            <h3 className="text-sm font-medium text-muted">What you can reach without signing in</h3>
            <ul className="divide-y divide-line">
              {publicLinks(state.links).map(([name, link]) => (
                <li key={name} className="flex items-baseline gap-3 py-2 text-sm">
                  <span className="w-14 shrink-0 font-mono text-xs text-muted">{link.method}</span>
                  {link.method === 'GET' && !link.href.includes('{') ? (
                    <a className="font-mono break-all text-accent underline-offset-4 hover:underline" href={link.href}>
                      {link.href}
                    </a>
                  ) : (
                    <span className="font-mono break-all">{link.href}</span>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
    </section>
  );
}

/** The root names itself too. */
const publicLinks = (links: Record<string, Link>) => Object.entries(links).filter(([name]) => name !== 'self');

function Summary({ state }: { state: State }) {
  if (state.kind === 'asking') return <span className="text-muted">asking…</span>;
  if (state.kind === 'unreachable') return <span className="text-bad">no answer</span>;
  return state.readiness.status === 'ready' ? (
    <span className="text-good">ready</span>
  ) : (
    <span className="text-bad">not ready</span>
  );
}
