/** How long what was read counts as fresh, and when a failed read is tried again. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../../shared/client.ts';
import { onReturn } from './connection.ts';
import { isTransient, waitBeforeRetry } from './problems.ts';

/** A change that the person waits for is not tried for longer than this many times (about half a minute); they can go on themselves. */
const MUTATION_TRIES = 6;

/**
 * Reads are repeated for as long as their failure may pass: the page says what is the matter and goes on by itself. Changes are repeated
 * under the same Idempotency-Key.
 */
export function createQueryClient(): QueryClient {
  // Administrators asked for a second factor while this person was at work: the guard reads who they are again and says so.
  const onError = (error: Error) => {
    if (error instanceof ApiProblem && error.code === 'MFA_REQUIRED')
      void client.invalidateQueries({ queryKey: ['auth.me'] });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (_failures, error) => isTransient(error),
        retryDelay: waitBeforeRetry,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
        // An offline browser is told as such by the shell; reads fail and go on like those of a service that does not answer.
        networkMode: 'always',
      },
      mutations: {
        retry: (failures, error) => failures < MUTATION_TRIES && isTransient(error),
        retryDelay: waitBeforeRetry,
        networkMode: 'always',
      },
    },
  });
  onReturn(() => void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.fetchFailureCount > 0 }));
  return client;
}
