/** One request on its way through the middlewares, and what it will be answered with. */
import { createHash } from 'node:crypto';
import { type Contract, pathOf } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import type { Scope } from '../../../shared/permissions.ts';
import type { User } from '../../users/user.table.ts';
import type { WriteContext } from '../db.ts';
import { deviceName } from '../device.ts';
import type { AdapterDb } from './adapter-access.ts';
import type { Actor } from './context.ts';
import type { Attempt } from './idempotency.table.ts';
import type { Representation } from './negotiation.ts';

/** What API Gateway sends in payload format 1.0, from an HTTP API and from a REST API: the parts that are read here. */
export interface ApiEvent {
  /** `1.0` from an HTTP API; a REST API sends none. */
  version?: string;
  httpMethod: string;
  path: string;
  headers: Record<string, string | undefined> | null;
  multiValueHeaders?: Record<string, string[] | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
  multiValueQueryStringParameters?: Record<string, string[] | undefined> | null;
  pathParameters: Record<string, string | undefined> | null;
  body: string | null;
  isBase64Encoded: boolean;
  requestContext: {
    requestId: string;
    domainName?: string;
    identity: { sourceIp: string; userAgent?: string | null; apiKeyId?: string | null };
  };
}
/** What API Gateway takes back, format 1.0. */
export interface ApiReply {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  body: string;
  isBase64Encoded: boolean;
}
/** A reply before it is packed for API Gateway. Header names in lower case. */
export interface Outcome {
  status: number;
  headers: Record<string, string>;
  cookies: readonly string[];
  body: string | Buffer;
  /** Not to be kept for a repeated request. */
  secret: boolean;
}

export interface Input {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
  expand: ReadonlySet<string>;
  /** Names after `?fields=`; undefined: all. */
  fields: readonly string[] | undefined;
}

/** Where each face's API begins. */
export const apiBase = { browser: '/api/v1', partner: '/v1' } as const;
export const DEFAULT_MAX_BODY_BYTES = 262_144;

const requestIdShape = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;
/** ISO 3166; XX and ZZ are for addresses that belong to no country. */
const knownCountry = /^(?!XX|ZZ)[A-Z]{2}$/;
const noExpansion: ReadonlySet<string> = new Set();

export class Exchange {
  readonly contract: Contract;
  readonly event: ApiEvent;
  readonly now = new Date();
  readonly startedAt = performance.now();
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly face: 'browser' | 'partner';
  readonly requestId: string;
  readonly correlationId: string;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
  readonly writeContext: WriteContext;
  /** Came from our CloudFront distribution, so that its headers can be believed. Set by the request context. */
  behindEdge = false;
  representation: Representation = 'json';
  actor: Actor | undefined;
  /** The item behind `actor`, as it was read for this request; to be believed only together with `actor`. */
  user: User | undefined;
  scope: Scope = 'own';
  input: Input = { params: {}, query: {}, body: {}, expand: noExpansion, fields: undefined };
  /** Under an Idempotency-Key that is kept by record. */
  attempt: Attempt | undefined;
  /** Headers that the concerns before `run` add to whatever is answered. */
  readonly replyHeaders: Record<string, string> = {};
  /** The code of the error it was answered with. */
  errorCode: string | undefined;

  readonly #openDb: (context: WriteContext) => AdapterDb;
  #db: AdapterDb | undefined;
  readonly #laps: string[] = [];
  #lapStart = this.startedAt;
  #cookies: Readonly<Record<string, string>> | undefined;
  #body: { text: string; bytes: number } | undefined;
  #json: { value: unknown } | undefined;
  #hash: string | undefined;

  constructor(
    contract: Contract,
    event: ApiEvent,
    remainingMs: () => number,
    openDb: (context: WriteContext) => AdapterDb,
  ) {
    this.contract = contract;
    this.event = event;
    this.remainingMs = remainingMs;
    const headers: Record<string, string> = Object.create(null);
    for (const name in event.headers) {
      const value = event.headers[name];
      if (value !== undefined) headers[name.toLowerCase()] = value;
    }
    this.headers = headers;
    this.face = event.version === '1.0' ? 'browser' : 'partner';
    const given = headers['x-request-id'];
    this.requestId = given && requestIdShape.test(given) ? given : `req_${newId('event', this.now).slice(4)}`;
    const correlation = headers['x-correlation-id'];
    this.correlationId = correlation && requestIdShape.test(correlation) ? correlation : this.requestId;
    this.writeContext = {
      actor: { id: 'system', type: 'system' },
      correlationId: this.correlationId,
      from: () => `${this.ip} ${deviceName(this.client.userAgent)}`,
      now: () => new Date(),
      remainingMs,
    };
    this.#openDb = openDb;
  }

  /** The platform's own entities (user, API key, counters, records); the handler sees its own part of the same object. */
  get db(): AdapterDb {
    this.#db ??= this.#openDb(this.writeContext);
    return this.#db;
  }

  /** Path of the API as this caller sees it. */
  get base(): string {
    return apiBase[this.face];
  }

  /**
   * Address of the caller. Behind CloudFront the connection is CloudFront's own, and the viewer stands in a header to which CloudFront
   * adds; it is believed only when the request proved to come from there.
   */
  get ip(): string {
    if (this.behindEdge) {
      // The edge appends the viewer, API Gateway appends the edge; what stands further left is the viewer's own claim.
      const forwarded = this.headers['x-forwarded-for']?.split(',').map((part) => part.trim());
      const viewerPart = forwarded && forwarded.length >= 2 ? forwarded.at(-2) : undefined;
      if (viewerPart) return viewerPart;
    }
    return this.event.requestContext.identity.sourceIp;
  }

  get client(): { ip: string; userAgent: string; country?: string } {
    const country = this.behindEdge ? this.headers['cloudfront-viewer-country'] : undefined;
    const userAgent = (this.headers['user-agent'] ?? '').slice(0, 512);
    return country && knownCountry.test(country) ? { ip: this.ip, userAgent, country } : { ip: this.ip, userAgent };
  }

  get cookies(): Readonly<Record<string, string>> {
    this.#cookies ??= parseCookies(this.headers.cookie);
    return this.#cookies;
  }

  /** Body as UTF-8 text. Errors: PAYLOAD_TOO_LARGE, MALFORMED_BODY when it is not UTF-8. */
  get bodyText(): string {
    return this.#readBody().text;
  }
  get bodyBytes(): number {
    return this.#readBody().bytes;
  }
  #readBody(): { text: string; bytes: number } {
    if (this.#body) return this.#body;
    const { body, isBase64Encoded } = this.event;
    const limitBytes = this.contract.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    if (!body) {
      this.#body = { text: '', bytes: 0 };
    } else {
      const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
      if (bytes > limitBytes) throw new AppError('PAYLOAD_TOO_LARGE', { details: { limitBytes, bytes } });
      this.#body = { text: isBase64Encoded ? decodeUtf8(Buffer.from(body, 'base64')) : body, bytes };
    }
    return this.#body;
  }

  /** The JSON body; an empty body reads as `{}`. Errors: UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED_BODY. */
  json(): unknown {
    if (!this.#json) {
      const text = this.bodyText;
      if (text === '') {
        this.#json = { value: {} };
      } else {
        if (!isJson(this.headers['content-type'])) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
        this.#json = { value: parseJson(text) };
      }
    }
    return this.#json.value;
  }

  /** SHA-256, hex, of method, path below the base, and body. */
  get requestHash(): string {
    this.#hash ??= createHash('sha256')
      .update(`${this.contract.method} ${pathOf(this.contract, definedOf(this.event.pathParameters))}\n`)
      .update(this.bodyText)
      .digest('hex');
    return this.#hash;
  }

  /** Ends a stretch of work for the Server-Timing header. */
  lap(name: string): void {
    const now = performance.now();
    this.#laps.push(`${name};dur=${(now - this.#lapStart).toFixed(1)}`);
    this.#lapStart = now;
  }
  /** Milliseconds since the request came in. */
  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }
  serverTiming(totalMs: number): string {
    return [...this.#laps, `total;dur=${totalMs.toFixed(1)}`].join(', ');
  }
}

/** Whether a Content-Type is JSON: `application/json` or a `+json` type, in UTF-8. */
export function isJson(contentType: string | undefined): boolean {
  if (!contentType) return false;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (!/^\s*application\/([\w.-]+\+)?json\s*$/.test(type)) return false;
  const charset = parameters.map((p) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(p)?.[1]).find(Boolean);
  return charset === undefined || charset === 'utf-8' || charset === 'utf8';
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('MALFORMED_BODY', { message: 'The body is not UTF-8.', cause });
  }
}

/** Characters that JSON can spell and UTF-8 can not hold: the table would refuse them. */
const HALF_CHARACTER = 'The body has half a character: a surrogate without its other half.';
/** A member named so could reach the prototype of whatever the body is copied into. */
function refuseDangerous(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new AppError('MALFORMED_BODY', { message: 'The body has a member named __proto__.' });
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new AppError('MALFORMED_BODY', { message: HALF_CHARACTER });
  return value;
}
function parseJson(text: string): unknown {
  try {
    // The reviver is slow: it runs only when the text could spell what it refuses, be it with escapes.
    return /__proto__|\\u(005f|d[89a-f])/i.test(text) ? JSON.parse(text, refuseDangerous) : JSON.parse(text);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('MALFORMED_BODY', { cause: error });
  }
}

function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  if (!header) return cookies;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at <= 0) continue;
    const name = part.slice(0, at).trim();
    // The first of two equal names is the one with the more specific path (RFC 6265, 5.4).
    if (!(name in cookies)) cookies[name] = part.slice(at + 1).trim();
  }
  return cookies;
}

/** A record without its undefined values. */
export function definedOf(record: Record<string, string | undefined> | null): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const name in record) {
    const value = record[name];
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}
