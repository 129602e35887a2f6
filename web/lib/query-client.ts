/** How long what was read counts as fresh, and when a failed read is tried again. */
import { QueryClient } from '@tanstack/react-query';
import { onReturn } from './connection.ts';
import { isTransient, waitBeforeRetry } from './problems.ts';

/** A change that the person waits for is not tried for longer than this many times (about half a minute); they can go on themselves. */
const MUTATION_TRIES = 6;

/**
 * Reads are repeated for as long as their failure may pass: the page says what is the matter and goes on by itself. Changes are repeated
 * under the same Idempotency-Key.
 */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
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
