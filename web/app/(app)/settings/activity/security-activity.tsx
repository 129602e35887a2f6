'use client';

import { History, ShieldAlert } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type * as z from 'zod';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import type { SecurityEventKind, SecurityRisk } from '../../../../../shared/contracts/auth/security-event.ts';
import type { Column } from '../../../../components/data/column.ts';
import { DataTable } from '../../../../components/data/data-table.tsx';
import { When } from '../../../../components/data/when.tsx';
import { usePageName } from '../../../../components/shell/crumbs';
import { Badge, type Tone } from '../../../../components/ui/badge';
import { Button } from '../../../../components/ui/button';
import { placeName } from '../place-name.ts';

type Event = z.output<typeof listAuditLog.output>;

const loadReport = () => import('./report-dialog');
const ReportDialog = lazy(loadReport);

const kinds: Readonly<Record<SecurityEventKind, string>> = {
  login: 'Signed in',
  'login-failed': 'Failed to sign in',
  logout: 'Signed out',
  'session-revoked': 'Signed a session out',
  'sessions-ended': 'Signed out everywhere',
  'refresh-token-reused': 'Session ended: its token was used twice',
  'password-changed': 'Changed the password',
  'password-reset-asked': 'Asked for a password code',
  'password-reset': 'Set a new password by code',
  'mfa-enabled': 'Turned the second factor on',
  'mfa-disabled': 'Turned the second factor off',
  'backup-codes-renewed': 'Made new backup codes',
  'backup-code-used': 'Used a backup code',
  'account-secured': 'Secured the account by link',
  'client-report': 'Reported something',
};
const reasons: Readonly<Record<string, string>> = {
  'new-device': 'new device',
  'new-country': 'new country',
  'many-failures': 'after many failures',
  'impossible-travel': 'too far from the last sign-in',
};
const risks: Readonly<Record<SecurityRisk, { tone: Tone; label: string }>> = {
  low: { tone: 'neutral', label: 'Low' },
  medium: { tone: 'warn', label: 'Medium' },
  high: { tone: 'bad', label: 'High' },
};

const placeOf = ({ country, ip }: Event) => (country === undefined ? ip : `${placeName(country)} · ${ip}`);
const whyOf = (event: Event) => event.reasons.map((reason) => reasons[reason] ?? reason).join(', ');
function Risk({ risk }: { risk: SecurityRisk }) {
  return <Badge tone={risks[risk].tone}>{risks[risk].label}</Badge>;
}
/** What a session or a report was about, in a few words. */
const aboutOf = ({ details }: Event) => details?.note ?? details?.device;

function What({ event }: { event: Event }) {
  const about = aboutOf(event);
  const more = [about, whyOf(event)].filter(Boolean).join(' · ');
  return (
    <span className="block min-w-0 whitespace-normal">
      <span className="block font-medium text-pretty">{kinds[event.kind]}</span>
      {more !== '' && <span className="block text-sm text-pretty wrap-anywhere text-muted">{more}</span>}
    </span>
  );
}

const columns: readonly Column<Event>[] = [
  { id: 'kind', header: 'What', cell: (event) => <What event={event} /> },
  { id: 'risk', header: 'Risk', width: 'w-24', cell: ({ risk }) => <Risk risk={risk} /> },
  {
    id: 'from',
    header: 'From',
    width: 'w-52',
    quiet: true,
    cell: (event) => (
      <span className="block min-w-0">
        <span className="block truncate">{event.device}</span>
        <span className="block truncate text-sm text-subtle">{placeOf(event)}</span>
      </span>
    ),
  },
  {
    id: 'at',
    header: 'When',
    sort: 'at',
    firstOrder: 'desc',
    width: 'w-32',
    quiet: true,
    cell: ({ at }) => <When at={at} />,
  },
];

/** What happened to the own account, and from where. */
export function SecurityActivity() {
  const [isReporting, setReporting] = useState(false);
  usePageName('Security activity');
  return (
    <section aria-labelledby="activity" className="flex flex-col gap-4">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-lg">
          <h2 id="activity" className="text-base font-semibold">
            Security activity
          </h2>
          <p className="mt-0.5 text-sm text-pretty text-muted">
            What happened to your account, the newest 500. Something that was not you? Change your password and sign the
            session out.
          </p>
        </div>
        <Button
          size="sm"
          icon={<ShieldAlert aria-hidden />}
          onClick={() => setReporting(true)}
          onPointerEnter={() => void loadReport()}
          onFocus={() => void loadReport()}
        >
          Report something
        </Button>
      </header>
      <DataTable
        contract={listAuditLog}
        name="events"
        columns={columns}
        sort="at"
        order="desc"
        minWidth="min-w-150"
        labelOf={(event) => kinds[event.kind]}
        card={(event) => (
          <span className="flex items-start justify-between gap-3">
            <span className="min-w-0 flex-1">
              <What event={event} />
              <span className="block text-sm wrap-anywhere text-subtle">
                {event.device} · {placeOf(event)}
              </span>
            </span>
            <span className="flex shrink-0 flex-col items-end gap-1">
              <Risk risk={event.risk} />
              <span className="text-xs text-muted">
                <When at={event.at} />
              </span>
            </span>
          </span>
        )}
        empty={{
          icon: <History aria-hidden />,
          title: 'Nothing happened yet',
          description: 'Sign-ins and changes to your account appear here.',
        }}
      />
      <Suspense>{isReporting && <ReportDialog onClose={() => setReporting(false)} />}</Suspense>
    </section>
  );
}
