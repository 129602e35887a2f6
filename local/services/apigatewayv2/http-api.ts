/** Answers the requests of one HTTP API. Routes, throttles and log formats are compiled once. */
import type { Cloud, EdgeRequest, EdgeResponse } from '../../types.ts';
import { invokeIntegration } from '../apigateway/invoke-integration.ts';
import { createShortRequestId, requestTime, splitUrl } from '../apigateway/proxy-request.ts';
import { mapResponseV1, mapResponseV2 } from '../apigateway/proxy-response.ts';
import { createRouteTable, type RouteTable } from '../apigateway/route-table.ts';
import type { ApiHandler } from '../edge/api-registry.ts';
import { type ContextTemplate, compileContextTemplate } from '../edge/context-template.ts';
import { elapsedMs, type RequestLog } from '../edge/request-log.ts';
import { createTokenBucket, type TokenBucket } from '../edge/token-bucket.ts';
import { answerPreflight, applyCors } from './cors.ts';
import type { HttpApiDefinition, HttpApiRoute, HttpApiStage } from './http-api-definition.ts';
import { proxyEventV1, proxyEventV2 } from './proxy-event.ts';

/** API Gateway's limit for a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** API Gateway's limit for an integration of an HTTP API. */
const MAX_TIMEOUT_MS = 30_000;

interface CompiledStage {
  stage: HttpApiStage;
  buckets: Map<HttpApiRoute, TokenBucket>;
  logFormat: ContextTemplate | undefined;
}

/** Where a request goes, once it is known. */
interface Destination {
  stage: HttpApiStage;
  path: string;
  queryString: string;
  route: HttpApiRoute;
  parameters: Record<string, string> | undefined;
}

export function createHttpApi(cloud: Cloud, definition: HttpApiDefinition, log: RequestLog): ApiHandler {
  const domainName = `${definition.id}.execute-api.${cloud.region}.amazonaws.com`;
  const { table, fallback } = compileRoutes(definition.routes);
  const stages = new Map([...definition.stages.values()].map((stage) => [stage.name, compileStage(definition, stage)]));

  /** The stage that the path's first segment names, or `$default`, and the path below it. */
  function chooseStage(path: string): { compiled: CompiledStage; routePath: string } | undefined {
    const end = path.indexOf('/', 1);
    const first = end < 0 ? path.slice(1) : path.slice(1, end);
    const named = stages.get(first);
    if (named) return { compiled: named, routePath: end < 0 ? '/' : path.slice(end) };
    const compiled = stages.get('$default');
    return compiled && { compiled, routePath: path };
  }

  async function invoke(request: EdgeRequest, destination: Destination, requestId: string): Promise<EdgeResponse> {
    const { integration, routeKey } = destination.route;
    const path = decoded(destination.path);
    if (path === undefined) return message(400, 'Bad Request');
    const input = {
      request,
      accountId: cloud.accountId,
      apiId: definition.id,
      domainName,
      stage: destination.stage.name,
      stageVariables: destination.stage.variables,
      routeKey,
      path,
      queryString: destination.queryString,
      pathParameters: destination.parameters && decodedAll(destination.parameters),
      requestId,
      nowMs: Date.now(),
    };
    const event = integration.payloadFormatVersion === '2.0' ? proxyEventV2(input) : proxyEventV1(input);
    const outcome = await invokeIntegration(
      cloud,
      integration.functionArn,
      event,
      sourceArn(cloud, definition.id, destination.stage.name, request.method, routeKey),
      Math.min(integration.timeoutMs ?? MAX_TIMEOUT_MS, MAX_TIMEOUT_MS),
    );
    if (outcome.kind === 'timeout' || outcome.kind === 'throttled') return message(503, 'Service Unavailable');
    if (outcome.kind === 'too-large') return message(413, 'Request Entity Too Large');
    if (outcome.kind !== 'answered') return message(500, 'Internal Server Error');
    const response =
      integration.payloadFormatVersion === '2.0'
        ? mapResponseV2(outcome.payload)
        : mapResponseV1(outcome.payload, { defaultContentType: 'text/plain;charset=UTF-8', decodeBase64: true });
    if ('malformed' in response) {
      cloud.log(
        'error',
        `${integration.functionArn} answered ${routeKey} with a malformed response: ${response.malformed}.`,
      );
      return message(500, 'Internal Server Error');
    }
    return response;
  }

  async function route(request: EdgeRequest, requestId: string, found: Found): Promise<EdgeResponse> {
    const { path, queryString } = splitUrl(request.url);
    const chosen = chooseStage(path);
    if (!chosen) return message(404, 'Not Found');
    found.compiled = chosen.compiled;
    const preflight = definition.cors && answerPreflight(definition.cors, request);
    if (preflight) {
      found.isPreflight = true;
      return preflight;
    }
    const match = table.find(request.method, chosen.routePath);
    const target = match?.route ?? fallback;
    if (!target) return message(404, 'Not Found');
    found.route = target;
    const bucket = chosen.compiled.buckets.get(target);
    if (bucket && !bucket.take(performance.now())) return message(429, 'Too Many Requests');
    if (request.body.length > MAX_BODY_BYTES) return message(413, 'Request Entity Too Large');
    const { stage } = chosen.compiled;
    return invoke(request, { stage, path, queryString, route: target, parameters: match?.parameters }, requestId);
  }

  return async (request) => {
    const startedAt = performance.now();
    const requestId = createShortRequestId();
    const found: Found = {};
    const response = await route(request, requestId, found);
    if (definition.cors && !found.isPreflight) applyCors(definition.cors, request, response);
    response.headers['apigw-requestid'] = requestId;
    const durationMs = elapsedMs(startedAt);
    const target = found.route?.routeKey ?? '-';
    log.add({
      time: new Date().toISOString(),
      method: request.method,
      path: request.url,
      status: response.status,
      durationMs,
      target,
      requestId,
    });
    const { compiled } = found;
    if (compiled?.logFormat && compiled.stage.accessLog) {
      const values = accessLogValues(definition, compiled.stage, request, response, requestId, target, durationMs);
      cloud.writeLog(compiled.stage.accessLog.group, compiled.stage.name, compiled.logFormat(values));
    }
    return response;
  };
}

interface Found {
  compiled?: CompiledStage;
  route?: HttpApiRoute;
  /** Answered by the API's own CORS configuration. */
  isPreflight?: boolean;
}

function compileRoutes(routes: HttpApiRoute[]): {
  table: RouteTable<HttpApiRoute>;
  fallback: HttpApiRoute | undefined;
} {
  const table = createRouteTable<HttpApiRoute>();
  let fallback: HttpApiRoute | undefined;
  for (const route of routes) {
    if (route.routeKey === '$default') {
      fallback = route;
      continue;
    }
    const [method = '', path = ''] = route.routeKey.split(' ');
    table.add(method, path, route);
  }
  return { table, fallback };
}

function compileStage(definition: HttpApiDefinition, stage: HttpApiStage): CompiledStage {
  const buckets = new Map<HttpApiRoute, TokenBucket>();
  for (const route of definition.routes) {
    const limits = stage.routeThrottles.get(route.routeKey) ?? stage.defaultThrottle;
    if (limits) buckets.set(route, createTokenBucket(limits));
  }
  return { stage, buckets, logFormat: stage.accessLog && compileContextTemplate(stage.accessLog.format) };
}

/** As Lambda permissions name it: `arn:aws:execute-api:region:account:api/stage/GET/users/{id}`, or `.../stage/$default`. */
function sourceArn(cloud: Cloud, apiId: string, stage: string, method: string, routeKey: string): string {
  const route = routeKey === '$default' ? routeKey : `${method}${routeKey.slice(routeKey.indexOf(' ') + 1)}`;
  return `arn:aws:execute-api:${cloud.region}:${cloud.accountId}:${apiId}/${stage}/${route}`;
}

function accessLogValues(
  definition: HttpApiDefinition,
  stage: HttpApiStage,
  request: EdgeRequest,
  response: EdgeResponse,
  requestId: string,
  routeKey: string,
  durationMs: number,
) {
  const nowMs = Date.now();
  return {
    'context.apiId': definition.id,
    'context.extendedRequestId': requestId,
    'context.httpMethod': request.method,
    'context.identity.sourceIp': request.sourceIp,
    'context.identity.userAgent': request.headers['user-agent'],
    'context.integrationLatency': Math.round(durationMs),
    'context.path': splitUrl(request.url).path,
    'context.protocol': 'HTTP/1.1',
    'context.requestId': requestId,
    'context.requestTime': requestTime(nowMs),
    'context.requestTimeEpoch': nowMs,
    'context.responseLatency': Math.round(durationMs),
    'context.responseLength': response.body.length,
    'context.routeKey': routeKey,
    'context.stage': stage.name,
    'context.status': response.status,
  };
}

function message(status: number, text: string): EdgeResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}

/** undefined when the percent-encoding is broken. */
function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function decodedAll(parameters: Record<string, string>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name in parameters) result[name] = decoded(parameters[name] ?? '') ?? (parameters[name] as string);
  return result;
}
