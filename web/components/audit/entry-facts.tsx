'use client';
/** An entry of the audit trail whole: who, when, from where, by which request, and what changed. */
import { When } from '../data/when.tsx';
import { Badge } from '../ui/badge';
import { KeyValue } from '../ui/key-value';
import { Link } from '../ui/link';
import { ActorName } from './actor-name.tsx';
import { Changes } from './changes.tsx';
import { type AuditEntry, entityWords } from './entry-words.ts';

const pages: Readonly<Record<string, string>> = { User: '/users', Product: '/products', Order: '/orders' };
const riskTones = { low: 'neutral', medium: 'warn', high: 'bad' } as const;
const mono = (text: string) => <span className="font-mono text-sm break-all">{text}</span>;

export function EntryFacts({ entry }: { entry: AuditEntry }) {
  const { actor, from, request, cause, risk } = entry;
  const page = pages[entry.entity];
  const linked = 'text-accent underline decoration-accent-line underline-offset-4';
  return (
    <div className="flex flex-col gap-5">
      <KeyValue
        items={[
          { label: 'When', value: <When at={entry.at} exact /> },
          {
            label: 'Who',
            value: actor?.id.startsWith('usr_') ? (
              <Link href={`/users/${actor.id}`} prefetch={false} className={linked}>
                <ActorName actor={actor} />
              </Link>
            ) : (
              <ActorName actor={actor} />
            ),
          },
          { label: 'From', value: from ? `${from.ip} · ${from.device}` : undefined },
          {
            label: entityWords(entry.entity),
            value: page ? (
              <Link href={`${page}/${entry.entityId}`} prefetch={false} className={linked}>
                {mono(entry.entityId)}
              </Link>
            ) : (
              mono(entry.entityId)
            ),
          },
          { label: 'Request', value: request && mono(request), ...(request && { copy: request }) },
          { label: 'Followed from', value: cause && mono(cause) },
          { label: 'Risk', value: risk && <Badge tone={riskTones[risk]}>{risk}</Badge> },
        ].map((item) => ({ ...item, value: item.value || undefined }))}
      />
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">Before and after</h3>
        <Changes before={entry.before} after={entry.after} />
      </section>
      <p className="text-xs break-all text-subtle">
        Entry {entry.id} · hash <span className="font-mono">{entry.hash.slice(0, 16)}…</span>
      </p>
    </div>
  );
}
