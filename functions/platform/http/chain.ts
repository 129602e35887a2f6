/** The composition: which concerns an operation has, in their one order. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type Contract, idempotencyOf } from '../../../shared/contracts/contract.ts';
import { type IdKind, newId } from '../../../shared/ids.ts';
import type { VerifyToken } from '../authentication.ts';
import type { WriteContext } from '../db.ts';
import type { Identity } from '../identity.ts';
import type { AdapterDb } from './adapter-access.ts';
import { accessTokenOf, authentication } from './authenticate.ts';
import type { FirstAttempt } from './context.ts';
import { requireMatch } from './entity-tag.ts';
import { type ApiEvent, type ApiReply, Exchange } from './exchange.ts';
import { firstAttemptOf, idempotency, idempotencyKeyOf } from './idempotency.ts';
import { observation } from './observation.ts';
import { parse } from './parse.ts';
import { permission } from './permission.ts';
import { rateLimit } from './rate-limit.ts';
import { requestContext } from './request-context.ts';
import { serialize } from './serialize.ts';
import type { HttpSettings } from './settings.ts';

/** What the adapter stands on. Tests pass their own. */
export interface Foundation {
  settings: HttpSettings;
  openDb(context: WriteContext): AdapterDb;
  verifier(): VerifyToken;
  identity?(): Identity;
  log: Logger;
  metrics: Metrics;
}
/** The handler's `run` with its types erased: they hold where it is declared. */
export type Run = (context: never) => Promise<unknown>;

export type LambdaContext = Pick<Context, 'getRemainingTimeInMillis'> & Partial<Context>;
export type Chain = (event: ApiEvent, lambda: LambdaContext) => Promise<ApiReply>;

/** Time kept at the end of an invocation, to answer that it took too long. */
const ANSWER_MS = 100;

export function chain(contract: Contract, recognize: boolean, run: Run, foundation: Foundation): Chain {
  const { settings, log, metrics } = foundation;
  let verify: VerifyToken | undefined;
  const verifier = () => {
    verify ??= foundation.verifier();
    return verify;
  };
  let identity: Identity | undefined;
  const handle = (exchange: Exchange) =>
    run(
      contextOf(
        exchange,
        () => {
          identity ??= foundation.identity?.();
          return identity;
        },
        log,
        metrics,
      ) as never,
    );

  const composed = middy<Exchange, unknown>({ timeoutEarlyInMillis: ANSWER_MS })
    .use(observation(contract, log, metrics))
    .use(requestContext(settings));
  if (contract.permission || recognize) composed.use(authentication(Boolean(contract.permission), verifier));
  if (contract.permission) composed.use(permission(contract.permission, contract.whileEnrolling ?? false));
  if (contract.rateLimit) composed.use(rateLimit(contract.rateLimit, log));
  if (idempotencyOf(contract) === 'record') composed.use(idempotency(log));
  composed.use(parse(contract)).use(serialize(contract, settings, log));
  const invoke = composed.handler(handle as never) as unknown as (
    exchange: Exchange,
    lambda: LambdaContext,
  ) => Promise<ApiReply>;

  return (event, lambda) => {
    const exchange = new Exchange(contract, event, () => lambda.getRemainingTimeInMillis(), foundation.openDb);
    return invoke(exchange, lambda);
  };
}

/** What the handler sees. What costs something is made when it is asked for. */
function contextOf(exchange: Exchange, identity: () => Identity | undefined, log: Logger, metrics: Metrics) {
  const { input } = exchange;
  let firstAttempt: FirstAttempt | undefined;
  return {
    params: input.params,
    query: input.query,
    body: input.body,
    expand: input.expand,
    actor: exchange.actor,
    user: exchange.actor && exchange.user,
    scope: exchange.scope,
    now: exchange.now,
    requestId: exchange.requestId,
    correlationId: exchange.correlationId,
    face: exchange.face,
    log,
    metrics,
    newId: (kind: IdKind) => newId(kind, exchange.now),
    get firstAttempt() {
      firstAttempt ??= firstAttemptOf(exchange);
      return firstAttempt;
    },
    ifMatch: (version: number | string) => requireMatch(exchange.headers['if-match'], version),
    get db() {
      return exchange.db;
    },
    get identity() {
      return identity();
    },
    get client() {
      return exchange.client;
    },
    get accessToken() {
      return exchange.actor?.via === 'session' ? accessTokenOf(exchange) : undefined;
    },
    get cookies() {
      return exchange.cookies;
    },
    get idempotencyKey() {
      return idempotencyKeyOf(exchange);
    },
    get requestHash() {
      return exchange.requestHash;
    },
  };
}
