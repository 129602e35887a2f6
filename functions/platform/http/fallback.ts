/**
 * The adapter of the one function that answers what no route matches. It has the outer concerns of every operation (origin,
 * headers, form of the error) and none of the inner ones: there is nothing to authenticate for or to parse.
 */

import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Contract } from '../../../shared/contracts/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { DeclaredHandler, FallbackDeclaration } from '../declaration.ts';
import { logger, metrics } from '../observe.ts';
import { type ApiEvent, type ApiReply, Exchange } from './exchange.ts';
import { observation } from './observation.ts';
import { requestContext } from './request-context.ts';
import { serialize } from './serialize.ts';
import { httpSettings } from './settings.ts';

export interface FallbackOptions {
  id: `${string}.${string}`;
  errorImpact: string;
  /** The error that tells what is wrong with this method and path. `path` is below the base of the face. */
  refuse(request: { method: string; path: string; face: 'browser' | 'partner' }): AppError;
}

export function fallback({ id, errorImpact, refuse }: FallbackOptions): DeclaredHandler<FallbackDeclaration> {
  const contract: Contract = {
    id,
    method: 'GET',
    path: '/{proxy+}',
    summary: 'Whatever no route matches',
    public: 'It only says that there is nothing.',
    success: 200,
    errors: ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'],
    example: {},
  };
  let composed: ((exchange: Exchange, lambda: Context) => Promise<ApiReply>) | undefined;
  const compose = () => {
    const settings = httpSettings();
    const log = logger(id);
    return middy<Exchange, unknown>()
      .use(observation(contract, log, metrics(id)))
      .use(requestContext(settings))
      .use(serialize(contract, settings, log))
      .handler(async (exchange) => {
        const { face, event } = exchange;
        const path = event.path.startsWith(exchange.base) ? event.path.slice(exchange.base.length) : event.path;
        throw refuse({ method: event.httpMethod, path: path || '/', face });
      }) as unknown as (exchange: Exchange, lambda: Context) => Promise<ApiReply>;
  };
  const handler = (event: ApiEvent, lambda: Context) => {
    composed ??= compose();
    const exchange = new Exchange(
      contract,
      event,
      () => lambda.getRemainingTimeInMillis(),
      () => {
        throw new Error('the fallback has no table');
      },
    );
    return composed(exchange, lambda);
  };
  return Object.assign(handler as never, { declaration: { kind: 'fallback', id, access: {}, errorImpact } as const });
}
