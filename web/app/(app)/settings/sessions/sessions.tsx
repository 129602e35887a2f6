'use client';

import { LogOut, Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import type * as z from 'zod';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import { listSessions } from '../../../../../shared/contracts/auth/list-sessions.ts';
import { revokeSession } from '../../../../../shared/contracts/auth/revoke-session.ts';
import { formatMoment } from '../../../../components/data/format.ts';
import { TroubleNotice } from '../../../../components/data/trouble-notice.tsx';
import { When } from '../../../../components/data/when.tsx';
import { usePageName } from '../../../../components/shell/crumbs';
import { Badge } from '../../../../components/ui/badge';
import { Button } from '../../../../components/ui/button';
import { Card, CardHeader } from '../../../../components/ui/card';
import { ErrorState } from '../../../../components/ui/error-state';
import { Pagination } from '../../../../components/ui/pagination';
import { Skeleton } from '../../../../components/ui/skeleton';
import { toast } from '../../../../components/ui/toast';
import { useMutationOf, useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { placeName } from '../place-name.ts';
import { SignOutEverywhere } from './sign-out-everywhere';

type Session = z.output<typeof listSessions.output>;
const LIMIT = 25;
const ownFirst = (sessions: readonly Session[]) => [...sessions].sort((a, b) => Number(b.current) - Number(a.current));

/** Where one is signed in, and the ways to end it there. */
export function Sessions() {
  const [page, setPage] = useState(1);
  const query = { page: String(page), limit: String(LIMIT) };
  const sessions = useOperation(listSessions, { query }, { keepPrevious: true, refetchInterval: 30_000 });
  usePageName('Sessions');
  const { data, trouble } = sessions;
  const retry = () => void sessions.refetch();
  return (
    <Card aria-labelledby="sessions">
      <CardHeader titleId="sessions" title="Sessions" actions={data && <SignOutEverywhere />} divided />
      {trouble && data && <TroubleNotice error={trouble} isTryingAgain={sessions.isTryingAgain} onRetry={retry} />}
      {data ? (
        <ul aria-label="Sessions" className="divide-y">
          {ownFirst(data.items).map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      ) : trouble ? (
        <ErrorState title={wordsFor(trouble).title} description={wordsFor(trouble).text} onRetry={retry} compact />
      ) : (
        <div role="status" aria-label="Loading the sessions" className="divide-y">
          {['a', 'b', 'c'].map((key) => (
            <div key={key} className="flex items-center gap-4 px-card py-4">
              <Skeleton className="size-9" />
              <span className="flex flex-1 flex-col gap-2">
                <Skeleton className="h-4 w-40" />
                <Skeleton className="h-3.5 w-56 max-w-full" />
              </span>
            </div>
          ))}
        </div>
      )}
      {data && (
        <p className="border-t bg-canvas/60 px-card py-3 text-sm text-pretty text-muted">
          This is everywhere that you are signed in. One that you do not know? Sign it out, then change your password.
        </p>
      )}
      {data && data.pagination.totalPages > 1 && (
        <div className="border-t px-card py-2.5">
          <Pagination
            page={page}
            pages={data.pagination.totalPages}
            limit={LIMIT}
            total={data.pagination.totalItems}
            onPage={setPage}
            noun="sessions"
          />
        </div>
      )}
    </Card>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { id, device, ip, country, current, createdAt, lastSeenAt, endsAt } = session;
  const revoke = useMutationOf(revokeSession, {
    invalidates: [listSessions, listAuditLog],
    optimistic: (edit) =>
      edit(listSessions, undefined, (page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })),
    onSuccess: () => toast({ tone: 'good', title: `${device} is signed out` }),
    onError: (error) => {
      const { title, text } = wordsFor(error);
      toast({ tone: 'bad', title: `${device} is still signed in`, description: `${title}. ${text}` });
    },
  });
  const Icon = /iPhone|iPad|Android/.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-4 px-card py-4">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-lg border bg-canvas text-muted [&_svg]:size-4.5"
      >
        <Icon strokeWidth={1.75} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {device}
          {current && <Badge tone="good">This device</Badge>}
        </p>
        <p className="text-sm wrap-anywhere text-muted">
          {country === undefined ? ip : `${placeName(country)} · ${ip}`}
        </p>
        <p className="text-sm text-subtle">
          {current ? (
            'Active now'
          ) : (
            <>
              Last seen: <When at={lastSeenAt} />
            </>
          )}
          <span className="max-sm:hidden">
            {' '}
            · signed in {formatMoment(createdAt)} · ends {formatMoment(endsAt)}
          </span>
        </p>
      </div>
      {!current && (
        <Button
          size="sm"
          icon={<LogOut aria-hidden />}
          loading={revoke.isPending}
          aria-label={`Sign out ${device}`}
          onClick={() => revoke.submit({ params: { id } })}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
