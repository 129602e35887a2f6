/** For tests: events as API Gateway sends them, and an adapter that stands on nothing but what the test gives it. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { type Chain, chain, type Foundation, type LambdaContext } from './chain.ts';
import type { Answer, HttpContext } from './context.ts';
import { type ApiEvent, type ApiReply, apiBase } from './exchange.ts';

export interface ApiEventOptions {
  method?: string;
  /** Below the base of the face. */
  path?: string;
  face?: 'browser' | 'partner';
  headers?: Record<string, string>;
  query?: Record<string, string | string[]>;
  params?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  apiKeyId?: string;
  ip?: string;
}

/** An event of payload format 1.0 as the HTTP API (`browser`, the default) or the REST API (`partner`) sends it. */
export function apiEvent(options: ApiEventOptions = {}): ApiEvent {
  const { face = 'browser', path = '/things', query = {}, body } = options;
  const many = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()]));
  const hasBody = body !== undefined;
  const headers: Record<string, string> = {
    Host: face === 'browser' ? 'app.example.com' : 'api.example.com',
    ...(hasBody ? { 'Content-Type': 'application/json' } : undefined),
    ...options.headers,
  };
  return {
    ...(face === 'browser' ? { version: '1.0' } : undefined),
    httpMethod: options.method ?? (hasBody ? 'POST' : 'GET'),
    path: face === 'browser' ? apiBase.browser + path : path,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters: many,
    pathParameters: options.params ?? null,
    body: !hasBody ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'gateway-request',
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      identity: { sourceIp: options.ip ?? '203.0.113.7', userAgent: 'test', apiKeyId: options.apiKeyId ?? null },
    },
  };
}

export const lambdaContext: LambdaContext = { getRemainingTimeInMillis: () => 10_000 };

/** Lines that were logged and metrics that were published, in order. */
export interface Observed {
  lines: { level: 'info' | 'warn' | 'error'; message: string; keys: Record<string, unknown> }[];
  metrics: Record<string, number>[];
}

/** A foundation without a table: what reaches for one fails loudly. */
export function foundation(overrides: Partial<Foundation> = {}): Foundation & { observed: Observed } {
  const observed: Observed = { lines: [], metrics: [] };
  let keys: Record<string, unknown> = {};
  let stored: Record<string, number> = {};
  const line = (level: 'info' | 'warn' | 'error') => (message: string, extra?: Record<string, unknown>) => {
    observed.lines.push({ level, message, keys: { ...keys, ...extra } });
  };
  const log = {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    appendKeys: (more: Record<string, unknown>) => {
      keys = { ...keys, ...more };
    },
    resetKeys: () => {
      keys = {};
    },
  };
  const metrics = {
    addMetric: (name: string, _unit: string, value: number) => {
      stored[name] = value;
    },
    publishStoredMetrics: () => {
      observed.metrics.push(stored);
      stored = {};
    },
  };
  return {
    settings: {
      stage: 'test',
      publicUrl: 'https://app.example.com',
      origins: ['https://app.example.com', 'https://partner.example.com'],
      originSecret: undefined,
    },
    openDb: () =>
      new Proxy({} as never, {
        get: (_, name) => {
          throw new Error(`this test has no table, but ${String(name)} is used`);
        },
      }),
    verifier: () => () => undefined,
    log: log as unknown as Logger,
    metrics: metrics as unknown as Metrics,
    observed,
    ...overrides,
  };
}

/** The whole chain of a contract around `run`. */
export function chainOf<const C extends Contract>(
  contract: C,
  run: (context: HttpContext<C, Record<never, never>, true>) => Promise<Answer<C>>,
  overrides: Partial<Foundation> & { recognize?: boolean } = {},
): { call(options?: ApiEventOptions): Promise<ApiReply & { json: ReplyJson }>; chain: Chain; observed: Observed } {
  const { recognize = false, ...rest } = overrides;
  const base = foundation(rest);
  const composed = chain(contract, recognize, run as never, base);
  return {
    chain: composed,
    observed: base.observed,
    async call(options: ApiEventOptions = {}) {
      const reply = await composed(
        apiEvent({ method: contract.method, path: contract.path, ...options }),
        lambdaContext,
      );
      return Object.assign(reply, { json: readJson(reply) });
    },
  };
}

/** The envelope of a reply, loosely typed: tests say what they expect. */
export interface ReplyJson {
  success?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the operation answers
  data?: any;
  // biome-ignore lint/suspicious/noExplicitAny: links and details differ by operation
  [name: string]: any;
}
function readJson(reply: ApiReply): ReplyJson {
  return /json/.test(reply.headers['content-type'] ?? '') && !reply.isBase64Encoded && reply.body !== ''
    ? JSON.parse(reply.body)
    : {};
}
