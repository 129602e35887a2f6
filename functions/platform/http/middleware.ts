import type { MiddlewareObj } from '@middy/core';
import type { Exchange } from './exchange.ts';

/**
 * One concern of the adapter. `response` is the handler's answer until serialization has made an Outcome of it, then the Outcome, and
 * at the very end API Gateway's reply. Concerns never end a request by an early response, because middy would then skip
 * what the outer concerns owe to every reply: they throw.
 */
// biome-ignore lint/suspicious/noExplicitAny: middy has one type for the response through all its stages
export type HttpMiddleware<R = any> = MiddlewareObj<Exchange, R, Error>;
