/**
 * The event that a REST API sends to a function:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * Header names keep the client's letter case; path and path parameters stay percent-encoded.
 */
import type { EdgeRequest, JsonObject } from '../../types.ts';
import { createTraceRoot, isHopByHop, lastValues, multiValueQuery, requestTime } from './proxy-request.ts';
import type { RestMethod, RestStage } from './rest-api-definition.ts';
import type { ApiKey } from './usage-store.ts';

export interface RestRequest extends EdgeRequest {
  /** Names and values in turns, in the client's letter case; absent for requests that come without a socket. */
  rawHeaders?: string[];
}

export interface RestEventInput {
  request: RestRequest;
  accountId: string;
  apiId: string;
  domainName: string;
  stage: RestStage;
  method: RestMethod;
  /** Below the stage. */
  path: string;
  queryString: string;
  pathParameters: Record<string, string> | undefined;
  apiKey: ApiKey | undefined;
  binaryMediaTypes: readonly string[];
  requestId: string;
  extendedRequestId: string;
  nowMs: number;
}

export function restEvent(input: RestEventInput): JsonObject {
  const { request, method, stage } = input;
  const multiValueHeaders = headersOf(request, input.domainName, input.nowMs);
  const query = multiValueQuery(input.queryString);
  const isBinary = isBinaryType(input.binaryMediaTypes, request.headers['content-type'] ?? 'application/json');
  return {
    resource: method.path,
    path: input.path,
    httpMethod: request.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: query && lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: input.pathParameters ?? null,
    stageVariables: stage.variables,
    requestContext: {
      accountId: input.accountId,
      apiId: input.apiId,
      deploymentId: stage.deploymentId,
      domainName: input.domainName,
      domainPrefix: input.apiId,
      extendedRequestId: input.extendedRequestId,
      httpMethod: request.method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: input.apiKey?.value ?? null,
        apiKeyId: input.apiKey?.id ?? null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: null,
        userAgent: request.headers['user-agent'] ?? null,
        userArn: null,
      },
      ...(method.operationName !== undefined && { operationName: method.operationName }),
      path: `/${stage.name}${input.path}`,
      protocol: 'HTTP/1.1',
      requestId: input.requestId,
      requestTime: requestTime(input.nowMs),
      requestTimeEpoch: input.nowMs,
      resourceId: method.resourceId,
      resourcePath: method.path,
      stage: stage.name,
    },
    body: request.body.length === 0 ? null : request.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: request.body.length > 0 && isBinary,
  };
}

/** Headers that API Gateway writes itself, whatever the client sent. */
const OWN = new Set(['host', 'x-forwarded-port', 'x-forwarded-proto', 'x-forwarded-for', 'content-length']);

function headersOf(request: RestRequest, domainName: string, nowMs: number): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  const raw = request.rawHeaders ?? Object.entries(request.headers).flatMap(([name, value]) => [name, String(value)]);
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string;
    const lower = name.toLowerCase();
    if (OWN.has(lower) || isHopByHop(lower)) continue;
    const list = headers[name];
    if (list) list.push(raw[index + 1] as string);
    else headers[name] = [raw[index + 1] as string];
  }
  const forwardedFor = request.headers['x-forwarded-for'];
  headers.Host = [domainName];
  if (request.headers['x-amzn-trace-id'] === undefined) headers['X-Amzn-Trace-Id'] = [`Root=${createTraceRoot(nowMs)}`];
  headers['X-Forwarded-For'] = [forwardedFor ? `${String(forwardedFor)}, ${request.sourceIp}` : request.sourceIp];
  headers['X-Forwarded-Port'] = ['443'];
  headers['X-Forwarded-Proto'] = ['https'];
  return headers;
}

/** Whether a media type is among the API's binary ones, which may be written as `image/*` or with two stars for all. */
export function isBinaryType(binaryMediaTypes: readonly string[], contentType: string): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some((declared) => {
    if (declared === '*/*') return true;
    return declared.endsWith('/*') ? type.startsWith(declared.slice(0, -1)) : type === declared.toLowerCase();
  });
}
