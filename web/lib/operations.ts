/** The hooks by which pages read and change things: a contract says what goes in and what comes out. */
import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiProblem, type CallInput, type Result } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { api } from './api.ts';
import { isTransient } from './problems.ts';

/** What a page gives: everything of a call but what the hooks add themselves. */
type InputOf<C extends Contract> = Omit<CallInput<C>, 'signal' | 'idempotencyKey'>;
type NeedsInput<C extends Contract> = Record<never, never> extends InputOf<C> ? false : true;
type AnyCall = (contract: Contract, input?: object) => Promise<unknown>;

/** Milliseconds that an answer counts as fresh. Lists and figures follow events, single things change by hand. */
function staleTimeOf(contract: Contract): number {
  if (contract.id.startsWith('analytics.')) return 5_000;
  return contract.list ? 10_000 : 30_000;
}

/** Key of an answer in the cache; without input: of all answers of the operation. */
export function queryKeyOf(contract: Contract, input?: object): QueryKey {
  return input === undefined ? [contract.id] : [contract.id, input];
}

/** What `queryClient.fetchQuery` and `prefetchQuery` take to read an operation outside of a component. */
export function queryOf<const C extends Contract>(contract: C, input: InputOf<C>) {
  return {
    queryKey: queryKeyOf(contract, input),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      (api.call as AnyCall)(contract, { ...input, signal }) as Promise<Result<C>>,
    staleTime: staleTimeOf(contract),
  };
}

export interface ReadOptions {
  /** False: not read yet. */
  enabled?: boolean;
  staleTime?: number;
  /** Milliseconds after which it is read again while the page is looked at. */
  refetchInterval?: number | false;
  /** Also an answer that is not old yet is read again when somebody comes back to the page. */
  refetchOnWindowFocus?: 'always';
  /** Shows the answer to the input before until the new one is there (paging, search as you type). */
  keepPrevious?: boolean;
}
export type Reading<T> = UseQueryResult<T, Error> & {
  /** Why there is no new answer: the definite error, or the passing one while it is tried again by itself. */
  trouble: Error | null;
  /** There is trouble and it is being tried again without anybody doing anything. */
  isTryingAgain: boolean;
};

/** Reads an operation. `input` may be left out when the contract needs none. */
export function useOperation<const C extends Contract>(
  contract: C,
  ...[input, options = {}]: NeedsInput<C> extends true
    ? [input: InputOf<C>, options?: ReadOptions]
    : [input?: InputOf<C>, options?: ReadOptions]
): Reading<Result<C>> {
  const { keepPrevious, ...rest } = options;
  const result = useQuery<Result<C>, Error>({
    ...queryOf(contract, (input ?? {}) as InputOf<C>),
    ...(keepPrevious && { placeholderData: keepPreviousData as never }),
    ...rest,
  });
  const trouble = result.error ?? result.failureReason;
  return Object.assign(Object.create(result) as UseQueryResult<Result<C>, Error>, {
    trouble,
    isTryingAgain: trouble !== null && result.isFetching && isTransient(trouble),
  }) as Reading<Result<C>>;
}

/** Edits answers in the cache ahead of the API's own: those of `contract` with `input`, or all of them when it is undefined. */
export type Edit = <const C extends Contract>(
  contract: C,
  input: InputOf<C> | undefined,
  change: (answer: Result<C>) => Result<C>,
) => void;

export interface ChangeOptions<C extends Contract> {
  /** Shows the result at once; taken back when the API refuses. */
  optimistic?: (edit: Edit, input: InputOf<C>) => void;
  /** Operations whose answers are out of date afterwards, also when the change was refused for a state that was out of date. */
  invalidates?: readonly Contract[];
  onSuccess?: (result: Result<C>, input: InputOf<C>) => void;
  onError?: (error: Error, input: InputOf<C>) => void;
}
interface Submission<C extends Contract> {
  input: InputOf<C>;
  idempotencyKey: string;
}
export type Change<C extends Contract> = Omit<
  UseMutationResult<Result<C>, Error, Submission<C>>,
  'mutate' | 'mutateAsync' | 'variables'
> & {
  /** Starts the change; success and failure are told to the options' functions. */
  submit: (input: InputOf<C>) => void;
  /** Starts the change and waits for it. Errors: ApiProblem. */
  submitAsync: (input: InputOf<C>) => Promise<Result<C>>;
  input: InputOf<C> | undefined;
  /** A try failed and the next one comes by itself. */
  isTryingAgain: boolean;
};

/** Lists and figures are kept by reactions to events: they follow a moment later, so they are read once more then. */
const FOLLOW_UP_MS = [1_200, 3_500];

async function invalidate(client: QueryClient, contracts: readonly Contract[]): Promise<void> {
  await Promise.all(contracts.map((contract) => client.invalidateQueries({ queryKey: queryKeyOf(contract) })));
}

/** Changes something by an operation. One submission keeps one Idempotency-Key through all of its tries. */
export function useMutationOf<const C extends Contract>(contract: C, options: ChangeOptions<C> = {}): Change<C> {
  const client = useQueryClient();
  const unsettled = useRef<{ content: string; key: string }>(undefined);
  const { optimistic, invalidates = [] } = options;

  const mutation = useMutation<Result<C>, Error, Submission<C>, (() => void) | undefined>({
    mutationFn: ({ input, idempotencyKey }) =>
      (api.call as AnyCall)(contract, { ...input, idempotencyKey }) as Promise<Result<C>>,
    onMutate: async ({ input }) => {
      if (!optimistic) return undefined;
      const before: [QueryKey, unknown][] = [];
      const cancelled: Promise<void>[] = [];
      optimistic((edited, its, change) => {
        const queryKey = queryKeyOf(edited, its);
        cancelled.push(client.cancelQueries({ queryKey }));
        for (const [key, answer] of client.getQueriesData({ queryKey })) {
          if (answer === undefined) continue;
          before.push([key, answer]);
          client.setQueryData(key, change(answer as never));
        }
      }, input);
      await Promise.all(cancelled);
      return () => {
        for (const [key, answer] of before.reverse()) client.setQueryData(key, answer);
      };
    },
    onError: (error, { input }, takeBack) => {
      takeBack?.();
      if (!isUnsettled(error)) unsettled.current = undefined;
      if (error instanceof ApiProblem && [404, 409, 412].includes(error.status)) void invalidate(client, invalidates);
      options.onError?.(error, input);
    },
    onSuccess: (result, { input }) => {
      unsettled.current = undefined;
      void invalidate(client, invalidates);
      const followers = invalidates.filter(({ id, list }) => list || id.startsWith('analytics.'));
      if (followers.length > 0) for (const ms of FOLLOW_UP_MS) setTimeout(() => void invalidate(client, followers), ms);
      options.onSuccess?.(result, input);
    },
  });

  const submission = (input: InputOf<C>): Submission<C> => {
    const content = JSON.stringify(input);
    // Whether the last try was done is not known: the same content again is the same request.
    if (unsettled.current?.content !== content) unsettled.current = { content, key: crypto.randomUUID() };
    return { input, idempotencyKey: unsettled.current.key };
  };
  const { mutate, mutateAsync, variables, ...state } = mutation;
  return {
    ...state,
    submit: (input) => mutate(submission(input)),
    submitAsync: (input) => mutateAsync(submission(input)),
    input: variables?.input,
    isTryingAgain: mutation.isPending && mutation.failureCount > 0,
  } as Change<C>;
}

/** The API may have done it although no answer came. */
function isUnsettled(error: unknown): boolean {
  return (
    error instanceof ApiProblem && (error.status === 0 || error.status >= 500 || error.code === 'REQUEST_IN_PROGRESS')
  );
}
