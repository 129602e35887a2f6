'use client';
/** What was changed of this user, by whom, and what it was before: the newest first, each to be opened. */
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { listEntries } from '../../../../../shared/contracts/audit/list-entries.ts';
import { ActorName } from '../../../../components/audit/actor-name.tsx';
import { Changes } from '../../../../components/audit/changes.tsx';
import { entryTitle } from '../../../../components/audit/entry-words.ts';
import { When } from '../../../../components/data/when.tsx';
import { Button } from '../../../../components/ui/button';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardFooter, CardHeader } from '../../../../components/ui/card';
import { EmptyState } from '../../../../components/ui/empty-state';
import { ErrorState } from '../../../../components/ui/error-state';
import { SkeletonText } from '../../../../components/ui/skeleton';
import { useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';

const FIRST = 10;
const MOST = 100;

export function UserHistory({ userId }: { userId: string }) {
  const [limit, setLimit] = useState(FIRST);
  const query = { entityId: userId, limit: String(limit) };
  const reading = useOperation(listEntries, { query }, { keepPrevious: true });
  const page = reading.data;
  const words = reading.error && wordsFor(reading.error);
  return (
    <Card aria-labelledby="history">
      <CardHeader
        titleId="history"
        title="History"
        description="What was changed of this user, and by whom"
        actions={
          <ButtonLink href={`/admin/audit-log?entityId=${userId}`} size="sm" variant="ghost">
            Open in the audit log
          </ButtonLink>
        }
        divided
      />
      {!page && words ? (
        <ErrorState compact title={words.title} description={words.text} onRetry={() => void reading.refetch()} />
      ) : !page ? (
        <div className="p-card">
          <SkeletonText lines={4} />
        </div>
      ) : page.items.length === 0 ? (
        <EmptyState
          compact
          title="Nothing was changed yet"
          description="Changes appear a moment after they are made."
        />
      ) : (
        <ul className="divide-y" aria-label="Changes of the user">
          {page.items.map((entry) => (
            <li key={entry.id}>
              <details className="group">
                <summary className="flex cursor-pointer list-none items-center gap-3 px-card py-2.5 hover:bg-hover [&::-webkit-details-marker]:hidden">
                  <ChevronRight
                    aria-hidden
                    className="size-4 shrink-0 text-subtle transition-transform group-open:rotate-90"
                  />
                  <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
                    <span className="font-medium">{entryTitle(entry)}</span>
                    <span className="text-sm text-muted">
                      by <ActorName actor={entry.actor} />
                      {entry.from && ` from ${entry.from.ip}`}
                    </span>
                  </span>
                  <span className="shrink-0 text-sm text-subtle">
                    <When at={entry.at} />
                  </span>
                </summary>
                <div className="px-card pt-1 pb-4">
                  <Changes before={entry.before} after={entry.after} />
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
      {page?.pagination.hasNextPage && limit < MOST && (
        <CardFooter>
          <Button size="sm" loading={reading.isFetching} onClick={() => setLimit(Math.min(MOST, limit + 30))}>
            Show more
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}
