'use client';
/** What a page of one record shows while there is no record: it loads, it does not exist, it can't be read. */
import { SearchX } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { ApiProblem } from '../../../shared/client.ts';
import type { Reading } from '../../lib/operations.ts';
import { wordsFor } from '../../lib/problems.ts';
import { ButtonLink } from '../ui/button-link';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';

export interface RecordStateProps {
  /** What is read, in the singular: "product". */
  name: string;
  /** Undefined: the address names no record. */
  id: string | undefined;
  reading: Pick<Reading<unknown>, 'trouble' | 'isTryingAgain' | 'refetch'>;
  /** Holds the place of the page while it loads. */
  skeleton: ReactNode;
  listHref: string;
}

const never = () => () => undefined;

/** True once the page runs in the browser: before, no address is known. */
function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

export function RecordState({ name, id, reading, skeleton, listHref }: RecordStateProps) {
  const isHydrated = useIsHydrated();
  const { trouble } = reading;
  const isMissing =
    trouble instanceof ApiProblem && (trouble.code === 'ENTITY_NOT_FOUND' || trouble.code === 'VALIDATION_ERROR');
  if ((isHydrated && id === undefined) || isMissing)
    return (
      <Card aria-label={`No ${name}`}>
        <EmptyState
          icon={<SearchX aria-hidden />}
          titleAs="h1"
          title={`There is no such ${name}`}
          description={`It was deleted, or it is not yours to see.`}
          action={
            <ButtonLink href={listHref} size="sm">
              All {name}s
            </ButtonLink>
          }
        />
      </Card>
    );
  if (!trouble) return skeleton;
  const { title, text, requestId } = wordsFor(trouble);
  return (
    <Card aria-label={`The ${name} could not be loaded`}>
      <ErrorState
        titleAs="h1"
        title={title}
        description={reading.isTryingAgain ? `${text} Trying again by itself.` : text}
        onRetry={() => void reading.refetch()}
        {...(requestId && { requestId })}
      />
    </Card>
  );
}
