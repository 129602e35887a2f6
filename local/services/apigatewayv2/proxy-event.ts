/**
 * The event that an HTTP API sends to a function, in payload formats 1.0 and 2.0, as
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html shows them.
 * Header names are in lower case; single-value maps hold the last value; path and path parameters are decoded.
 */
import type { EdgeRequest, JsonObject } from '../../types.ts';
import {
  createTraceRoot,
  forwardedHeaders,
  isTextBody,
  lastValues,
  multiValueQuery,
  requestTime,
} from '../apigateway/proxy-request.ts';

export interface ProxyEventInput {
  request: EdgeRequest;
  accountId: string;
  apiId: string;
  domainName: string;
  stage: string;
  stageVariables: Record<string, string> | null;
  routeKey: string;
  /** Decoded, with the stage's prefix. */
  path: string;
  queryString: string;
  /** Decoded. */
  pathParameters: Record<string, string> | undefined;
  requestId: string;
  nowMs: number;
}

export function proxyEventV1(input: ProxyEventInput): JsonObject {
  const { request, queryString } = input;
  const headers = forwardedHeaders(request, input.domainName, createTraceRoot(input.nowMs));
  const multiValueHeaders: Record<string, string[]> = {};
  for (const name in headers) multiValueHeaders[name] = [headers[name] as string];
  const query = multiValueQuery(queryString);
  const resource = input.routeKey === '$default' ? '$default' : input.routeKey.slice(input.routeKey.indexOf(' ') + 1);
  return {
    version: '1.0',
    resource,
    path: input.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query && lastValues(query),
    multiValueQueryStringParameters: query,
    requestContext: {
      accountId: input.accountId,
      apiId: input.apiId,
      domainName: input.domainName,
      domainPrefix: input.apiId,
      extendedRequestId: input.requestId,
      httpMethod: request.method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAmr: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: null,
        userAgent: headers['user-agent'] ?? '',
        userArn: null,
      },
      path: input.path,
      protocol: 'HTTP/1.1',
      requestId: input.requestId,
      requestTime: requestTime(input.nowMs),
      requestTimeEpoch: input.nowMs,
      resourceId: input.routeKey,
      resourcePath: resource,
      stage: input.stage,
    },
    pathParameters: input.pathParameters ?? null,
    stageVariables: input.stageVariables,
    ...bodyOf(request),
  };
}

export function proxyEventV2(input: ProxyEventInput): JsonObject {
  const { request, queryString } = input;
  const headers = forwardedHeaders(request, input.domainName, createTraceRoot(input.nowMs));
  const cookies = headers.cookie?.split(/;\s*/);
  delete headers.cookie;
  const query = multiValueQuery(queryString);
  const body = bodyOf(request);
  return {
    version: '2.0',
    routeKey: input.routeKey,
    rawPath: input.path,
    rawQueryString: queryString,
    ...(cookies && { cookies }),
    headers,
    ...(query && {
      queryStringParameters: Object.fromEntries(
        Object.entries(query).map(([name, values]) => [name, values.join(',')]),
      ),
    }),
    requestContext: {
      accountId: input.accountId,
      apiId: input.apiId,
      domainName: input.domainName,
      domainPrefix: input.apiId,
      http: {
        method: request.method,
        path: input.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: input.requestId,
      routeKey: input.routeKey,
      stage: input.stage,
      time: requestTime(input.nowMs),
      timeEpoch: input.nowMs,
    },
    ...(input.pathParameters && { pathParameters: input.pathParameters }),
    ...(input.stageVariables && { stageVariables: input.stageVariables }),
    ...(body.body !== null && { body: body.body }),
    isBase64Encoded: body.isBase64Encoded,
  };
}

function bodyOf(request: EdgeRequest): { body: string | null; isBase64Encoded: boolean } {
  if (request.body.length === 0) return { body: null, isBase64Encoded: false };
  const isText = isTextBody(request.headers);
  return { body: request.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}
