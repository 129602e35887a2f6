/** Answers the requests of one REST API. Routes, throttles, gateway responses and log formats are compiled once. */
import { randomUUID } from 'node:crypto';
import type { Cloud, EdgeResponse, Json } from '../../types.ts';
import { type ContextTemplate, compileContextTemplate } from '../edge/context-template.ts';
import { elapsedMs, type RequestLog } from '../edge/request-log.ts';
import { createTokenBucket, type TokenBucket } from '../edge/token-bucket.ts';
import { createGatewayResponder, type GatewayResponseType } from './gateway-responses.ts';
import { invokeIntegration } from './invoke-integration.ts';
import { createShortRequestId, headerText, requestTime, splitUrl } from './proxy-request.ts';
import { mapResponseV1 } from './proxy-response.ts';
import { type RestApiDefinition, type RestMethod, type RestStage, stageThrottle } from './rest-api-definition.ts';
import { isBinaryType, type RestRequest, restEvent } from './rest-event.ts';
import { createRouteTable } from './route-table.ts';
import type { Meter } from './usage-plans.ts';
import type { ApiKey } from './usage-store.ts';

/** API Gateway's limit for a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** API Gateway's limit for an integration, unless a higher quota was granted. */
const DEFAULT_TIMEOUT_MS = 29_000;

export type RestHandler = (request: RestRequest) => Promise<EdgeResponse>;

/** What is known of a request so far. */
interface Exchange {
  request: RestRequest;
  requestId: string;
  extendedRequestId: string;
  /** Below the stage. */
  path: string;
  queryString: string;
  stage?: RestStage;
  method?: RestMethod;
  apiKey?: ApiKey;
  validationErrors?: string[];
}

/** Headers of a function that the client gets under another name, because API Gateway writes its own. */
const REMAPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'max-forwards',
  'server',
  'trailer',
  'user-agent',
  'www-authenticate',
]);

export function createRestApi(cloud: Cloud, definition: RestApiDefinition, meter: Meter, log: RequestLog): RestHandler {
  const domainName = `${definition.id}.execute-api.${cloud.region}.amazonaws.com`;
  const respond = createGatewayResponder(definition.gatewayResponses);
  const table = createRouteTable<RestMethod>();
  for (const method of definition.methods) table.add(method.method, method.path, method);
  const stages = new Map([...definition.stages.values()].map((stage) => [stage.name, compileStage(definition, stage)]));

  function refuse(type: GatewayResponseType, exchange: Exchange, message?: string): EdgeResponse {
    const { headers } = exchange.request;
    return respond(type, contextOf(definition, exchange), (name) => headerText(headers, name), message);
  }

  async function answer(exchange: Exchange): Promise<EdgeResponse> {
    const { request } = exchange;
    const compiled = stages.get(chooseStage(exchange));
    if (!compiled) return refuse('FORBIDDEN', exchange);
    exchange.stage = compiled.stage;
    const match = table.findByPath(request.method, exchange.path);
    if (!match) return refuse('MISSING_AUTHENTICATION_TOKEN', exchange);
    const method = match.route;
    exchange.method = method;
    if (request.body.length > MAX_BODY_BYTES) return refuse('REQUEST_TOO_LARGE', exchange);
    if (method.apiKeyRequired) {
      const value = headerText(request.headers, 'x-api-key');
      const admission = meter.admit(value, definition.id, compiled.stage.name, method.path, method.method);
      if (admission.kind === 'forbidden') return refuse('INVALID_API_KEY', exchange);
      if (admission.kind === 'throttled') return refuse('THROTTLED', exchange);
      if (admission.kind === 'quota-exceeded') return refuse('QUOTA_EXCEEDED', exchange);
      exchange.apiKey = admission.key;
    }
    if (compiled.buckets.get(method)?.take(performance.now()) === false) return refuse('THROTTLED', exchange);
    const missing = missingParameters(method, exchange);
    if (missing.length > 0) {
      return refuse('BAD_REQUEST_PARAMETERS', exchange, `Missing required request parameters: [${missing.join(', ')}]`);
    }
    const wrong = bodyErrors(method, request);
    if (wrong.length > 0) {
      exchange.validationErrors = wrong;
      return refuse('BAD_REQUEST_BODY', exchange);
    }
    return invoke(exchange, compiled.stage, method, match.parameters);
  }

  async function invoke(
    exchange: Exchange,
    stage: RestStage,
    method: RestMethod,
    pathParameters: Record<string, string> | undefined,
  ): Promise<EdgeResponse> {
    const { request } = exchange;
    const event = restEvent({
      request,
      accountId: cloud.accountId,
      apiId: definition.id,
      domainName,
      stage,
      method,
      path: exchange.path,
      queryString: exchange.queryString,
      pathParameters,
      apiKey: exchange.apiKey,
      binaryMediaTypes: definition.binaryMediaTypes,
      requestId: exchange.requestId,
      extendedRequestId: exchange.extendedRequestId,
      nowMs: Date.now(),
    });
    const sourceArn = `arn:aws:execute-api:${cloud.region}:${cloud.accountId}:${definition.id}/${stage.name}/${request.method}${method.path}`;
    const { functionArn, timeoutMs = DEFAULT_TIMEOUT_MS } = method.integration;
    const outcome = await invokeIntegration(cloud, functionArn, event, sourceArn, timeoutMs);
    if (outcome.kind === 'timeout') return refuse('INTEGRATION_TIMEOUT', exchange);
    if (outcome.kind === 'too-large') return refuse('REQUEST_TOO_LARGE', exchange);
    if (outcome.kind === 'function-error') return refuse('BAD_GATEWAY', exchange);
    if (outcome.kind !== 'answered') return refuse('API_CONFIGURATION_ERROR', exchange);
    const response = mapResponseV1(outcome.payload, {
      defaultContentType: 'application/json',
      decodeBase64: answersBinary(definition, request),
    });
    if ('malformed' in response) {
      cloud.log('error', `${functionArn} answered ${sourceArn} with a malformed response: ${response.malformed}.`);
      return refuse('BAD_GATEWAY', exchange);
    }
    return { ...response, headers: remapped(response.headers) };
  }

  return async (request) => {
    const startedAt = performance.now();
    const exchange: Exchange = {
      request,
      requestId: randomUUID(),
      extendedRequestId: createShortRequestId(),
      ...splitUrl(request.url),
    };
    const response = await answer(exchange);
    response.headers['x-amzn-requestid'] = exchange.requestId;
    response.headers['x-amz-apigw-id'] = exchange.extendedRequestId;
    const durationMs = elapsedMs(startedAt);
    const { method, stage, apiKey } = exchange;
    log.add({
      time: new Date().toISOString(),
      method: request.method,
      path: request.url,
      status: response.status,
      durationMs,
      target: `${method ? `${method.method} ${method.path}` : '-'}${apiKey ? ` (${apiKey.name || apiKey.id})` : ''}`,
      requestId: exchange.requestId,
    });
    const format = stage && stages.get(stage.name)?.logFormat;
    if (format && stage.accessLog) {
      const values = {
        ...contextOf(definition, exchange),
        'context.status': response.status,
        'context.responseLength': response.body.length,
        'context.responseLatency': Math.round(durationMs),
        'context.integrationLatency': Math.round(durationMs),
      };
      cloud.writeLog(stage.accessLog.group, stage.name, format(values));
    }
    return response;
  };
}

interface CompiledStage {
  stage: RestStage;
  buckets: Map<RestMethod, TokenBucket>;
  logFormat: ContextTemplate | undefined;
}

function compileStage(definition: RestApiDefinition, stage: RestStage): CompiledStage {
  const buckets = new Map<RestMethod, TokenBucket>();
  for (const method of definition.methods) {
    const limits = stageThrottle(stage, method);
    if (limits) buckets.set(method, createTokenBucket(limits));
  }
  return { stage, buckets, logFormat: stage.accessLog && compileContextTemplate(stage.accessLog.format) };
}

/** Takes the stage's name off the path; a trailing slash counts for nothing. */
function chooseStage(exchange: Exchange): string {
  const { path } = exchange;
  const end = path.indexOf('/', 1);
  const below = end < 0 ? '/' : path.slice(end);
  exchange.path = below.length > 1 && below.endsWith('/') ? below.slice(0, -1) : below;
  return end < 0 ? path.slice(1) : path.slice(1, end);
}

function missingParameters(method: RestMethod, exchange: Exchange): string[] {
  if (method.requiredParameters.length === 0) return [];
  const query = new URLSearchParams(exchange.queryString);
  return method.requiredParameters
    .filter(({ name, in: place }) => {
      if (place === 'header') return !exchange.request.headers[name.toLowerCase()];
      return place === 'query' && !query.get(name);
    })
    .map(({ name }) => name);
}

/** A body of a type that the method declares no schema for is not checked, as in AWS. */
function bodyErrors(method: RestMethod, request: RestRequest): string[] {
  if (method.bodyChecks.size === 0) return [];
  if (request.body.length === 0) return method.bodyRequired ? ['the body is missing'] : [];
  const type = headerText(request.headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  const check = method.bodyChecks.get(type);
  if (!check) return [];
  try {
    return check(JSON.parse(request.body.toString()) as Json);
  } catch {
    return ['the body is no JSON'];
  }
}

/** Base64 of the function is decoded when the type that the client asks for first is a binary one of the API. */
function answersBinary(definition: RestApiDefinition, request: RestRequest): boolean {
  const accepted = headerText(request.headers, 'accept')?.split(',')[0] ?? 'application/json';
  return isBinaryType(definition.binaryMediaTypes, accepted);
}

function remapped(headers: EdgeResponse['headers']): EdgeResponse['headers'] {
  const result: EdgeResponse['headers'] = {};
  for (const name in headers) {
    if (name === 'transfer-encoding') continue;
    result[REMAPPED.has(name) ? `x-amzn-remapped-${name}` : name] = headers[name] as string | string[];
  }
  return result;
}

function contextOf(definition: RestApiDefinition, exchange: Exchange) {
  const { request, stage, method, apiKey } = exchange;
  const nowMs = Date.now();
  const variables = Object.entries(stage?.variables ?? {}).map(([name, value]) => [`stageVariables.${name}`, value]);
  return {
    'context.apiId': definition.id,
    'context.error.validationErrorString': exchange.validationErrors && `[${exchange.validationErrors.join(', ')}]`,
    'context.extendedRequestId': exchange.extendedRequestId,
    'context.httpMethod': request.method,
    'context.identity.apiKeyId': apiKey?.id,
    'context.identity.sourceIp': request.sourceIp,
    'context.identity.userAgent': headerText(request.headers, 'user-agent'),
    'context.path': splitUrl(request.url).path,
    'context.protocol': 'HTTP/1.1',
    'context.requestId': exchange.requestId,
    'context.requestTime': requestTime(nowMs),
    'context.requestTimeEpoch': nowMs,
    'context.resourcePath': method?.path,
    'context.stage': stage?.name,
    ...(Object.fromEntries(variables) as Record<string, string>),
  };
}
