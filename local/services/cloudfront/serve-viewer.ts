/**
 * The way of a viewer's request through a distribution: behaviour, viewer-request function, cache, origin, conditions,
 * error page, response headers policy, viewer-response function.
 */
import { randomBytes } from 'node:crypto';
import type { Cloud, EdgeResponse } from '../../types.ts';
import { headerText, isHopByHop, splitUrl } from '../apigateway/proxy-request.ts';
import type { ViewerHandler, ViewerRequest } from '../edge/listener.ts';
import { elapsedMs, type RequestLog } from '../edge/request-log.ts';
import { compressResponse } from './compress-response.ts';
import { conditionalResponse } from './conditional-response.ts';
import type { Behavior, Distribution } from './distribution.ts';
import { type EdgeCache, timeToLive } from './edge-cache.ts';
import type { EdgeFunction } from './edge-function.ts';
import { failure, fetchOrigin } from './fetch-origin.ts';
import {
  type FunctionContext,
  functionEvent,
  readFunctionRequest,
  readFunctionResponse,
  type ViewerMessage,
} from './function-event.ts';
import { cacheKey, normalizedEncoding, originHeaders, originUrl, type Viewer } from './origin-request.ts';
import { applyResponseHeadersPolicy } from './response-headers-policy.ts';

/** CloudFront's limit for path and query string. */
const MAX_URL_LENGTH = 8192;
/** Seconds that errors are cached when the distribution says nothing of them. */
const DEFAULT_ERROR_TTL = 10;

interface Delivery {
  response: EdgeResponse;
  /** The value of `x-cache`, without ` from cloudfront`. */
  outcome: string;
}

/** What belongs to one request all along its way. */
interface Exchange {
  behavior: Behavior;
  message: ViewerMessage;
  viewer: Viewer;
  context: FunctionContext;
  body: Buffer;
}

export function createViewerHandler(
  cloud: Cloud,
  distribution: Distribution,
  cache: EdgeCache,
  log: RequestLog,
): ViewerHandler {
  function behaviorOf(uri: string): Behavior {
    const path = normalizedPath(uri);
    return (
      distribution.behaviors.find((behavior) => behavior.matches(path)) ?? (distribution.behaviors.at(-1) as Behavior)
    );
  }

  /** From the cache or the origin; what the cache policy lets is kept. */
  async function deliver({ behavior, message, viewer, context, body }: Exchange): Promise<Delivery> {
    const cacheable = behavior.cachedMethods.has(message.method) && behavior.cachePolicy.maxTtl > 0;
    const encoding = message.headers.range === undefined ? normalizedEncoding(behavior, message.headers) : '';
    const key = cacheable ? cacheKey(behavior, message, viewer, encoding) : '';
    const nowMs = Date.now();
    const cached = cacheable ? cache.get(key, nowMs) : undefined;
    if (cached) {
      const age = String(Math.floor((nowMs - cached.storedAt) / 1000));
      const response = { ...cached.response, headers: { ...cached.response.headers, age } };
      return { response, outcome: outcomeOf(response, 'Hit') };
    }
    const fetched = await fetchOrigin(cloud, distribution, behavior.origin, {
      method: message.method,
      url: originUrl(behavior, message),
      headers: originHeaders(behavior, message, viewer, {
        cacheable,
        encoding,
        distributionDomain: distribution.domainName,
        requestId: context.requestId,
        hasBody: body.length > 0,
      }),
      body,
    });
    const whole = { ...fetched, headers: endToEndHeaders(fetched.headers) };
    const response = cacheable && behavior.compress ? await compressResponse(whole, encoding) : whole;
    if (cacheable && message.method !== 'HEAD') {
      const errorTtl = distribution.errorResponses.get(response.status)?.cachingMinTtl ?? DEFAULT_ERROR_TTL;
      const ttl = timeToLive(behavior.cachePolicy, response, errorTtl, nowMs);
      if (ttl > 0) cache.set(key, message.uri, response, ttl, nowMs);
    }
    return { response: { ...response, headers: { ...response.headers } }, outcome: outcomeOf(response, 'Miss') };
  }

  /** Puts the distribution's page in the place of an error, when it has one for this status. */
  async function withErrorPage(exchange: Exchange, delivery: Delivery): Promise<Delivery> {
    const rule = distribution.errorResponses.get(delivery.response.status);
    if (!rule?.pagePath) return delivery;
    const message = { ...exchange.message, method: 'GET', uri: rule.pagePath, queryString: '' };
    const page = await deliver({ ...exchange, message, behavior: behaviorOf(rule.pagePath), body: Buffer.alloc(0) });
    if (page.response.status !== 200) return delivery;
    const status = rule.responseCode ?? delivery.response.status;
    return { response: { ...page.response, status }, outcome: 'Error' };
  }

  function runViewerRequest(edgeFunction: EdgeFunction, exchange: Exchange): Delivery | ViewerMessage {
    try {
      const event = functionEvent('viewer-request', exchange.context, exchange.message);
      const answer = readFunctionRequest(edgeFunction.run(event), exchange.message);
      return 'uri' in answer ? answer : { response: answer, outcome: 'FunctionGeneratedResponse' };
    } catch (error) {
      return functionFailure(edgeFunction, error);
    }
  }

  function runViewerResponse(edgeFunction: EdgeFunction, exchange: Exchange, delivery: Delivery): Delivery {
    try {
      const event = functionEvent('viewer-response', exchange.context, exchange.message, delivery.response);
      const response = readFunctionResponse(edgeFunction.run(event), delivery.response.body);
      return { ...delivery, response };
    } catch (error) {
      return functionFailure(edgeFunction, error);
    }
  }

  function functionFailure(edgeFunction: EdgeFunction, error: unknown): Delivery {
    cloud.log('error', `The CloudFront function ${edgeFunction.name} failed: ${String(error)}`);
    return { response: failure(503, 'Service Unavailable'), outcome: 'FunctionExecutionError' };
  }

  async function answer(exchange: Exchange): Promise<Delivery> {
    const { behavior, message } = exchange;
    if (!behavior.allowedMethods.has(message.method)) return { response: failure(403, 'Forbidden'), outcome: 'Error' };
    if (message.method === 'GET' && exchange.body.length > 0)
      return { response: failure(403, 'Forbidden'), outcome: 'Error' };
    if (behavior.viewerRequest) {
      const result = runViewerRequest(behavior.viewerRequest, exchange);
      if ('outcome' in result) return result;
      exchange.message = result;
    }
    if (exchange.message.uri === '/' && distribution.defaultRootObject !== undefined) {
      exchange.message = { ...exchange.message, uri: `/${distribution.defaultRootObject}` };
    }
    const delivery = await withErrorPage(exchange, await deliver(exchange));
    if (!answersConditions(exchange, delivery)) return delivery;
    return { ...delivery, response: conditionalResponse(exchange.message.headers, delivery.response) };
  }

  return async (request) => {
    const startedAt = performance.now();
    const requestId = randomBytes(42).toString('base64url');
    const { path, queryString } = splitUrl(request.url);
    const headers = flatHeaders(request);
    const exchange: Exchange = {
      behavior: behaviorOf(path),
      message: { method: request.method, uri: path, queryString, headers },
      viewer: {
        ip: request.sourceIp,
        port: request.sourcePort,
        country: headers['cloudfront-viewer-country'],
        userAgent: headers['user-agent'] ?? '',
      },
      context: {
        distributionDomainName: distribution.domainName,
        distributionId: distribution.id,
        requestId,
        viewerIp: request.sourceIp,
      },
      body: request.body,
    };
    let delivery: Delivery =
      request.url.length > MAX_URL_LENGTH
        ? { response: failure(414, 'URI Too Long'), outcome: 'Error' }
        : await answer(exchange);
    const { behavior } = exchange;
    if (behavior.responseHeadersPolicy) {
      const isPreflight = request.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
      applyResponseHeadersPolicy(
        behavior.responseHeadersPolicy,
        { origin: headers.origin, isPreflight },
        delivery.response.headers,
      );
    }
    // AWS runs no viewer-response function for errors and for what a viewer-request function answered itself.
    if (behavior.viewerResponse && delivery.response.status < 400 && !delivery.outcome.startsWith('Function')) {
      delivery = runViewerResponse(behavior.viewerResponse, exchange, delivery);
    }
    const { response } = delivery;
    response.headers['x-cache'] = `${delivery.outcome} from cloudfront`;
    response.headers.via = `1.1 ${distribution.domainName} (CloudFront)`;
    response.headers['x-amz-cf-pop'] = 'LOCAL';
    response.headers['x-amz-cf-id'] = requestId;
    log.add({
      time: new Date().toISOString(),
      method: request.method,
      path: request.url,
      status: response.status,
      durationMs: elapsedMs(startedAt),
      target: `${behavior.pattern} → ${behavior.origin.id} (${delivery.outcome})`,
      requestId,
    });
    return response;
  };
}

/** The edge answers conditions and ranges for what it may cache and for objects; other origins answer themselves. */
function answersConditions({ behavior, message }: Exchange, { response }: Delivery): boolean {
  if (message.method !== 'GET' && message.method !== 'HEAD') return false;
  return response.status === 200 && (behavior.cachePolicy.maxTtl > 0 || behavior.origin.target.kind === 's3');
}

function outcomeOf(response: EdgeResponse, outcome: 'Hit' | 'Miss'): string {
  return response.status >= 400 ? 'Error' : outcome;
}

function endToEndHeaders(headers: EdgeResponse['headers']): EdgeResponse['headers'] {
  const kept: EdgeResponse['headers'] = {};
  for (const name in headers) {
    if (!isHopByHop(name)) kept[name] = headers[name] as string | string[];
  }
  return kept;
}

function flatHeaders(request: ViewerRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = headerText(request.headers, name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** The path that behaviours are matched with: dot segments resolved, needless percent-encoding undone (RFC 3986). */
function normalizedPath(uri: string): string {
  if (!uri.includes('%') && !uri.includes('/.')) return uri;
  const unescaped = uri.replace(/%([0-9a-f]{2})/gi, (escaped, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : escaped.toUpperCase();
  });
  const resolved: string[] = [];
  for (const segment of unescaped.split('/').slice(1)) {
    if (segment === '..') resolved.pop();
    else if (segment !== '.') resolved.push(segment);
  }
  return `/${resolved.join('/')}`;
}
