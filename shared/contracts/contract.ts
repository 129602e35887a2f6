/**
 * What an HTTP operation promises. Declared once, here, as a plain object; routes, functions, OpenAPI, the web client, the
 * permission matrix and the tests that every operation owes are derived from it.
 */
import type * as z from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Permission } from '../permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type ObjectSchema = z.ZodObject;

/** How often one caller may call: at most `limit` in `windowSeconds`, counted per address, per account named in the body, or per user. */
export interface RateLimit {
  readonly per: 'address' | 'account' | 'user';
  readonly limit: number;
  readonly windowSeconds: number;
  /** `failures` counts only replies of 400 to 499: what went well or broke on our side is given back. */
  readonly counts?: 'all' | 'failures';
}

interface ContractBase {
  /** `<area>.<operation>`, kebab-case; also the file name below `functions/` and `shared/contracts/`. */
  readonly id: `${string}.${string}`;
  readonly method: Method;
  /** Below `/api/v1` (browser) and `/v1` (partner API); parameters in braces: `/orders/{id}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** Also on the partner API. */
  readonly partner?: boolean;
  readonly params?: ObjectSchema;
  readonly query?: ObjectSchema;
  readonly body?: ObjectSchema;
  /** Status of success. */
  readonly success: 200 | 201 | 202 | 204;
  /** `data` of the reply; of a list: one item. Left out for 204 and raw replies. */
  readonly output?: z.ZodType;
  /** The reply is a list: envelope with `pagination`, CSV on request. `query` must include `listQuery` (see list.ts). */
  readonly list?: { readonly sorts: readonly string[] };
  /** What `?expand=` may embed. */
  readonly expands?: readonly string[];
  /** Media type of a raw reply, which has no envelope (a document, a page). */
  readonly raw?: string;
  /** Codes that this operation itself can answer with; those of the adapter are added by `errorsOf`. */
  readonly errors: readonly ErrorCode[];
  /**
   * POST only. `record`: the reply is kept under the Idempotency-Key for a day (default). `natural`: the operation derives
   * its entity's id from the key and needs no record. `none`: repeating it is harmless, with the reason.
   */
  readonly idempotency?: 'record' | 'natural' | { readonly none: string };
  /** Also for who must set up a second factor first: to everything else they get MFA_REQUIRED. */
  readonly whileEnrolling?: true;
  readonly rateLimit?: readonly RateLimit[];
  /** Default 262,144. */
  readonly maxBodyBytes?: number;
  /** Days (ISO) since which it should not be used and after which it is gone: Deprecation (RFC 9745) and Sunset (RFC 8594) headers. */
  readonly deprecated?: { readonly since: string; readonly sunset?: string };
  readonly example: {
    readonly params?: Record<string, string>;
    readonly query?: Record<string, string>;
    readonly body?: Record<string, unknown>;
    /** Example of `data`; of a list: of one item. */
    readonly output?: unknown;
  };
}
/** Either a permission or the reason why everybody may call it. */
type Guard =
  | { readonly permission: Permission; readonly public?: never }
  | { readonly public: string; readonly permission?: never };

export type Contract = ContractBase & Guard;

/** Declares a contract; its literal type is kept, so that handlers and clients are typed by it. */
export function contract<const C extends Contract>(declaration: C): C {
  return declaration;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : Record<never, never>;
type Unparsed<S> = S extends z.ZodType ? z.input<S> : undefined;
/** What the handler gets: parsed and with defaults. */
export interface ParsedInput<C extends Contract> {
  params: Parsed<C['params']>;
  query: Parsed<C['query']>;
  body: Parsed<C['body']>;
}
/** What a client sends. */
export interface ClientInput<C extends Contract> {
  params: Unparsed<C['params']>;
  query: Unparsed<C['query']>;
  body: Unparsed<C['body']>;
}
/** `data` of the reply, as the handler returns it. */
export type Output<C extends Contract> = C['output'] extends z.ZodType ? z.input<C['output']> : undefined;

/** Every code that a client of the operation can meet: its own and those that the adapter adds. */
export function errorsOf(c: Contract): ErrorCode[] {
  const codes = new Set<ErrorCode>(c.errors);
  codes.add('VALIDATION_ERROR');
  if (c.permission) {
    codes.add('UNAUTHENTICATED');
    codes.add('FORBIDDEN');
    if (!c.whileEnrolling) codes.add('MFA_REQUIRED');
  }
  if (c.body) codes.add('UNSUPPORTED_MEDIA_TYPE');
  if (c.method !== 'GET') {
    codes.add('MALFORMED_BODY');
    codes.add('PAYLOAD_TOO_LARGE');
    codes.add('CSRF_REFUSED');
  }
  if (idempotencyOf(c) !== 'none') {
    codes.add('IDEMPOTENCY_CONFLICT');
    if (idempotencyOf(c) === 'record') {
      codes.add('REQUEST_IN_PROGRESS');
      codes.add('CONFLICT');
    }
  }
  if (c.rateLimit) codes.add('RATE_LIMITED');
  if (!c.raw && c.success !== 204) codes.add('NOT_ACCEPTABLE');
  codes.add('UNSUPPORTED_VERSION');
  codes.add('INTERNAL_ERROR');
  codes.add('SERVICE_UNAVAILABLE');
  return [...codes];
}

/** How a POST is made safe to repeat; other methods are by nature, or by If-Match. */
export function idempotencyOf(c: Contract): 'record' | 'natural' | 'none' {
  if (c.method !== 'POST') return 'none';
  if (typeof c.idempotency === 'object') return 'none';
  return c.idempotency ?? 'record';
}

/** Path with its parameters filled in, percent-encoded: `/orders/ord_…`. */
export function pathOf(c: { path: string }, params: Record<string, string | number> = {}): string {
  return c.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${c.path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
}
