'use client';
/** Every change of everything: a table, and beside it the entry that the address names. */
import { ScrollText } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { lazy, Suspense } from 'react';
import { auditActions } from '../../../../../shared/contracts/audit/entry.ts';
import { listEntries } from '../../../../../shared/contracts/audit/list-entries.ts';
import { securityRisks } from '../../../../../shared/contracts/auth/security-event.ts';
import { ActorName } from '../../../../components/audit/actor-name.tsx';
import { type AuditEntry, entityWords, entryTitle } from '../../../../components/audit/entry-words.ts';
import type { Column, Filter } from '../../../../components/data/column.ts';
import { DataTable } from '../../../../components/data/data-table.tsx';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { When } from '../../../../components/data/when.tsx';
import { Badge } from '../../../../components/ui/badge';
import { ButtonLink } from '../../../../components/ui/button-link';
import { useCan } from '../../../../lib/session.tsx';
import { titleCase } from '../../users/title-case.ts';

const EntrySheet = lazy(() => import('./entry-sheet.tsx'));

const riskTones = { low: 'neutral', medium: 'warn', high: 'bad' } as const;
const columns: readonly Column<AuditEntry>[] = [
  {
    id: 'what',
    header: 'What',
    cell: (entry) => (
      <span className="flex items-center gap-2">
        <span className="truncate font-medium">{entryTitle(entry)}</span>
        {entry.risk && entry.risk !== 'low' && <Badge tone={riskTones[entry.risk]}>{entry.risk} risk</Badge>}
      </span>
    ),
  },
  { id: 'who', header: 'Who', width: 'w-44', cell: ({ actor }) => <ActorName actor={actor} /> },
  {
    id: 'item',
    header: 'Of what',
    width: 'w-56',
    quiet: true,
    cell: ({ entityId }) => <span className="font-mono text-sm">{entityId}</span>,
  },
  { id: 'from', header: 'From', width: 'w-36', quiet: true, cell: ({ from }) => from?.ip ?? '—' },
  {
    id: 'at',
    header: 'When',
    sort: 'at',
    firstOrder: 'desc',
    width: 'w-36',
    quiet: true,
    cell: ({ at }) => <When at={at} />,
  },
  {
    id: 'device',
    header: 'Device',
    width: 'w-44',
    quiet: true,
    isHidden: true,
    cell: ({ from }) => from?.device ?? '—',
  },
  {
    id: 'request',
    header: 'Request',
    width: 'w-56',
    quiet: true,
    isHidden: true,
    cell: ({ request }) => <span className="font-mono text-sm">{request ?? '—'}</span>,
  },
];
const entities = [
  'User',
  'UserProfile',
  'UserPreferences',
  'Session',
  'SecurityEvent',
  'Product',
  'Inventory',
  'Order',
  'Setting',
];
const filters: readonly Filter[] = [
  {
    kind: 'choice',
    param: 'entity',
    label: 'Kind',
    options: entities.map((value) => ({ value, label: entityWords(value) })),
  },
  {
    kind: 'choice',
    param: 'action',
    label: 'Action',
    options: auditActions.map((value) => ({ value, label: titleCase(value) })),
  },
  { kind: 'text', param: 'entityId', label: 'Id', placeholder: 'usr_…', hint: 'The whole id of what was changed.' },
  { kind: 'text', param: 'actor', label: 'Who', placeholder: 'usr_…', hint: 'The id of who did it, or system.' },
  { kind: 'text', param: 'event', label: 'Event', placeholder: 'UserRoleChanged', hint: 'Its whole name.' },
  {
    kind: 'choice',
    param: 'risk',
    label: 'Risk',
    options: securityRisks.map((value) => ({ value, label: titleCase(value) })),
  },
  { kind: 'days', from: 'createdAfter', to: 'createdBefore', label: 'Day' },
];
const empty = {
  icon: <ScrollText aria-hidden />,
  title: 'Nothing was changed yet',
  description: 'Every change of everything will stand here, with what was before and after.',
};

export function AuditLog() {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const sets = useCan('settings:write') === 'any';
  const entry = params.get('entry') ?? undefined;
  const addressOf = (id: string | undefined) => {
    const next = new URLSearchParams(params);
    if (id === undefined) next.delete('entry');
    else next.set('entry', id);
    return `${path}?${next}`;
  };
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Audit log"
        description="Who changed what, when and from where. Nobody can change it: entries are chained, and each day is locked away."
        actions={
          sets && (
            <ButtonLink href="/admin/settings" size="sm">
              Platform settings
            </ButtonLink>
          )
        }
      />
      <DataTable
        contract={listEntries}
        name="entries"
        columns={columns}
        filters={filters}
        sort="at"
        order="desc"
        hrefOf={({ id }) => addressOf(id)}
        labelOf={entryTitle}
        card={(one) => (
          <span className="flex flex-col gap-1">
            <span className="flex items-start justify-between gap-3">
              <span className="min-w-0 truncate font-medium">{entryTitle(one)}</span>
              <span className="shrink-0 text-sm text-muted">
                <When at={one.at} />
              </span>
            </span>
            <span className="truncate text-sm text-muted">
              <ActorName actor={one.actor} />
              {one.from && ` · ${one.from.ip}`}
            </span>
          </span>
        )}
        empty={empty}
      />
      {entry !== undefined && (
        <Suspense>
          <EntrySheet id={entry} onClose={() => router.replace(addressOf(undefined), { scroll: false })} />
        </Suspense>
      )}
    </div>
  );
}
