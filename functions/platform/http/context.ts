/** What an HTTP handler is given and what it answers. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Contract, Output, ParsedInput } from '../../../shared/contracts/contract.ts';
import type { Pagination } from '../../../shared/contracts/list.ts';
import type { IdKind } from '../../../shared/ids.ts';
import type { Permission, Role, Scope } from '../../../shared/permissions.ts';
import type { Plan } from '../../../shared/plans.ts';
import type { User } from '../../users/user.table.ts';
import type { Db } from '../db.ts';
import type { Access } from '../declaration.ts';
import type { Identity } from '../identity.ts';

/** The signed-in caller, as the table says at this moment. */
export interface Actor {
  id: string;
  role: Role;
  plan: Plan;
  via: 'session' | 'api-key';
  /** `origin_jti` of the token: the same through all refreshes of one sign-in. */
  sessionId?: string;
  apiKeyId?: string;
  /** What an API key narrows its user's rights to; undefined: no narrowing. */
  scopes?: readonly Permission[];
}

/** `R`: the handler's `recognize` option. `I`: what its `identity` option makes. */
export interface HttpContext<
  C extends Contract,
  A extends Access,
  R extends boolean = false,
  I extends Identity | undefined = Identity | undefined,
> extends ParsedInput<C> {
  /**
   * Always there when the contract has a permission. On a public operation with `recognize` only if a valid session came along;
   * without it undefined: such an operation reads no credentials.
   */
  readonly actor: C extends { permission: Permission } ? Actor : R extends true ? Actor | undefined : undefined;
  /** The actor's own item, read consistently for this very request: nobody needs to read it again. */
  readonly user: C extends { permission: Permission } ? User : R extends true ? User | undefined : undefined;
  /** Scope in which the actor holds the contract's permission; `own` on public operations. */
  readonly scope: Scope;
  readonly db: Db<A>;
  /** The user pool: there when the handler passes `identity: createIdentity`. */
  readonly identity: I;
  /** The moment of the request. */
  readonly now: Date;
  newId(kind: IdKind): string;
  /**
   * The moment and the ids for what a POST makes. Under an Idempotency-Key that is kept by record, a repeat of an attempt that was
   * lost before it could answer has those of that attempt: it makes the very same, and finds it made. Otherwise those of now.
   */
  readonly firstAttempt: FirstAttempt;
  readonly requestId: string;
  readonly correlationId: string;
  readonly face: 'browser' | 'partner';
  readonly client: { ip: string; userAgent: string; country?: string };
  /** The actor's verified access token: what the user pool asks for when people change how they sign in. Undefined with an API key. */
  readonly accessToken: string | undefined;
  /** Values of the request's cookies by name. */
  readonly cookies: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
  /** SHA-256, hex, of method, path and body: what `natural` idempotency compares. */
  readonly requestHash: string;
  /** Throws PRECONDITION_FAILED when If-Match was sent and does not name this version. */
  ifMatch(version: number | string): void;
  /** Names after `?expand=`, each one declared in the contract. */
  readonly expand: ReadonlySet<string>;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface FirstAttempt {
  readonly now: Date;
  /** The n-th id of a repeat is the n-th of the first attempt: the order of the calls must not hang on anything but the request. */
  newId(kind: IdKind): string;
  /** Whether a change, of this ISO 8601 moment and by this user, is what an attempt at this request did that was lost. */
  did(at: string | undefined, by: string | undefined): boolean;
}

export interface SetCookie {
  name: string;
  value: string;
  /** Seconds; 0 deletes the cookie. */
  maxAge: number;
  path: string;
}

/** A reply with more than data. Made by `reply()`. */
export interface Reply<T> {
  readonly kind: 'reply';
  readonly data: T;
  readonly message?: string;
  /** Overrides the contract's success, with a status that its OpenAPI description names too. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly SetCookie[];
  /** Version of the resource: becomes the ETag. */
  readonly version?: number | string;
  /** Path below the API base of what was made: becomes Location with the base of the face. */
  readonly location?: string;
  /** The reply holds a secret (a token, a key shown once): it is not kept under the Idempotency-Key. Cookies imply it. */
  readonly secret?: true;
}
export function reply<T>(data: T, options: Omit<Reply<T>, 'kind' | 'data'> = {}): Reply<T> {
  return { kind: 'reply', data, ...options };
}

/** One page of a list. Made by `page()`. */
export interface PageReply<T> {
  readonly kind: 'page';
  readonly items: readonly T[];
  readonly pagination: Pagination;
}
export function page<T>(items: readonly T[], pagination: Pagination): PageReply<T> {
  return { kind: 'page', items, pagination };
}

/** A document without an envelope, for contracts with `raw`. Made by `raw()`. */
export interface RawReply {
  readonly kind: 'raw';
  readonly body: string | Buffer;
  readonly contentType: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
export function raw(
  body: string | Buffer,
  contentType: string,
  options: { status?: number; headers?: Record<string, string> } = {},
): RawReply {
  return { kind: 'raw', body, contentType, ...options };
}

/** What `run` may answer, by the kind of its contract. */
export type Answer<C extends Contract> = C extends { raw: string }
  ? RawReply
  : C extends { list: object }
    ? PageReply<Output<C>>
    : Output<C> | Reply<Output<C>>;
