/** The typed client of the API, for the browser and for Node: a contract says what goes in and what comes out. No dependencies. */
import type * as z from 'zod';
import { type ClientInput, type Contract, idempotencyOf, pathOf } from './contracts/contract.ts';
import type { Link, Pagination } from './contracts/list.ts';
import type { ErrorCode } from './errors.ts';

/** `data` of a reply as it arrives. */
type Data<C extends Contract> = C['output'] extends z.ZodType ? z.output<C['output']> : undefined;
export interface ListPage<T> {
  items: T[];
  pagination: Pagination;
  /** self, first, prev, next, last. */
  links: Readonly<Record<string, Link>>;
}
/** What `call` resolves to: a page of a list, the text of a raw reply, `data` of anything else. */
export type Result<C extends Contract> = C extends { raw: string }
  ? string
  : C extends { list: object }
    ? ListPage<Data<C>>
    : Data<C>;

/** A part of the input: needed when it has members that must be there, forbidden when the contract has none of it. */
type Part<N extends string, T> = [T] extends [undefined]
  ? { readonly [K in N]?: never }
  : Record<never, never> extends T
    ? { readonly [K in N]?: T }
    : { readonly [K in N]: T };

export type CallInput<C extends Contract> = Part<'params', ClientInput<C>['params']> &
  Part<'query', ClientInput<C>['query']> &
  Part<'body', ClientInput<C>['body']> & {
    /** Members to answer; the rest is left out. */
    readonly fields?: readonly string[];
    readonly expand?: C extends { expands: readonly (infer E)[] } ? readonly E[] : never;
    /** POST: made up for each call unless given. Give it to repeat a call that may have been done. */
    readonly idempotencyKey?: string;
    /** Version that was read: the call fails with PRECONDITION_FAILED when it was changed since. */
    readonly ifMatch?: number | string;
    readonly signal?: AbortSignal;
  };
/** The input may be left out when nothing in it must be there. */
type CallArguments<C extends Contract> =
  Record<never, never> extends CallInput<C> ? [input?: CallInput<C>] : [input: CallInput<C>];

export interface Client {
  /** Errors: ApiProblem for whatever the API refuses and when it can not be reached; AbortError when `signal` ends it. */
  call<const C extends Contract>(contract: C, ...input: CallArguments<C>): Promise<Result<C>>;
}

export interface ClientOptions {
  /** Where the API begins: `/api/v1`, `https://api.example.com/v1`. */
  baseUrl: string;
  /** The runtime's own by default. */
  fetch?: typeof globalThis.fetch;
  /** Sent with every call, for example `authorization` or `x-api-key`. */
  headers?: () => Readonly<Record<string, string>>;
  /**
   * Called when a call is refused for want of a session; answers whether it is worth one more try. `sentAt` (milliseconds since the
   * epoch): when the call went out. Calls that are refused at the same time share one.
   */
  onUnauthenticated?: (sentAt: number) => Promise<boolean>;
}

/** A refusal of the API in its own words, or NETWORK_ERROR (status 0) when no answer of the API came. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | 'NETWORK_ERROR';
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;
  /** Seconds to wait before the next try. */
  readonly retryAfter: number | undefined;
  constructor(
    code: ErrorCode | 'NETWORK_ERROR',
    status: number,
    message: string,
    more: { details?: Record<string, unknown>; requestId?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.details = more.details ?? {};
    this.requestId = more.requestId;
    this.retryAfter = more.retryAfter;
  }
  /** Problems of single fields: JSON path → message. Empty for anything but VALIDATION_ERROR. */
  get fields(): Readonly<Record<string, string>> {
    const fields = this.code === 'VALIDATION_ERROR' ? (this.details.fields as { path: string; message: string }[]) : [];
    return Object.fromEntries(fields.map(({ path, message }) => [path, message]));
  }
}

interface AnyInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  fields?: readonly string[];
  expand?: readonly string[];
  idempotencyKey?: string;
  ifMatch?: number | string;
  signal?: AbortSignal;
}
interface Envelope {
  success: boolean;
  data?: unknown;
  pagination?: Pagination;
  _links?: Record<string, Link>;
  error?: { code: ErrorCode; message: string; details?: Record<string, unknown> };
  requestId?: string;
}

export function createClient(options: ClientOptions): Client {
  let renewal: Promise<boolean> | undefined;
  const renewed = async (sentAt: number) => {
    renewal ??= (options.onUnauthenticated as (sentAt: number) => Promise<boolean>)(sentAt).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  async function call(contract: Contract, input: AnyInput = {}): Promise<unknown> {
    const request = requestOf(contract, input);
    const sentAt = Date.now();
    try {
      return await send(contract, request);
    } catch (error) {
      const isExpired = error instanceof ApiProblem && error.code === 'UNAUTHENTICATED' && contract.permission;
      if (!isExpired || !options.onUnauthenticated || !(await renewed(sentAt))) throw error;
      // The same Idempotency-Key goes along: it is the same request.
      return send(contract, request);
    }
  }

  function requestOf(contract: Contract, input: AnyInput): { url: string; init: RequestInit } {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(input.query ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
    }
    if (input.fields) query.set('fields', input.fields.join(','));
    if (input.expand && input.expand.length > 0) query.set('expand', input.expand.join(','));
    const headers: Record<string, string> = {
      accept: contract.raw ?? 'application/json',
      ...options.headers?.(),
    };
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    if (idempotencyOf(contract) !== 'none') headers['idempotency-key'] = input.idempotencyKey ?? crypto.randomUUID();
    if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`;
    const search = query.toString();
    return {
      url: `${options.baseUrl}${pathOf(contract, input.params)}${search ? `?${search}` : ''}`,
      init: {
        method: contract.method,
        headers,
        body: input.body === undefined ? undefined : JSON.stringify(input.body),
        credentials: 'same-origin',
        signal: input.signal,
      },
    };
  }

  async function send(contract: Contract, { url, init }: { url: string; init: RequestInit }): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await (options.fetch ?? globalThis.fetch)(url, init);
      text = await response.text();
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new ApiProblem('NETWORK_ERROR', 0, 'The service can not be reached.', { cause });
    }
    if (response.ok && contract.raw) return text;
    if (response.ok && text === '') return undefined;
    const envelope = parsed(text);
    if (response.ok && envelope?.success) {
      if (!contract.list) return envelope.data;
      return { items: envelope.data, pagination: envelope.pagination, links: envelope._links ?? {} };
    }
    throw problemOf(response, envelope);
  }

  return { call: call as Client['call'] };
}

function parsed(text: string): Envelope | undefined {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return undefined;
  }
}

/** Something between us and the API (a proxy, a firewall) may answer too, in words of its own. */
function problemOf(response: Response, envelope: Envelope | undefined): ApiProblem {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  const requestId = envelope?.requestId ?? response.headers.get('x-request-id') ?? undefined;
  const { error } = envelope ?? {};
  if (error)
    return new ApiProblem(error.code, response.status, error.message, {
      details: error.details,
      requestId,
      retryAfter,
    });
  return new ApiProblem('NETWORK_ERROR', response.status, 'The service gave no proper answer.', {
    requestId,
    retryAfter,
  });
}
