/** Function URLs (payload format 2.0, buffered). Differs from AWS: AuthType AWS_IAM is refused; the URL lies on the endpoint. */
import { createHash, randomUUID } from 'node:crypto';
import type { AwsRequest, AwsResponse, Cloud, JsonObject, ResourceDeclaration } from '../../types.ts';
import type { Functions } from './functions.ts';

export interface FunctionUrl {
  id: string;
  url: string;
  functionArn: string;
}

export function functionUrlOf(
  { stack, logicalId, properties }: ResourceDeclaration,
  functionArn: string,
  cloud: Cloud,
): FunctionUrl {
  if (properties.AuthType !== 'NONE')
    throw new Error(`AuthType ${String(properties.AuthType)} of a function URL is not known here`);
  const id = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 32);
  return { id, url: `${cloud.endpoint}/_local/lambda/url/${id}/`, functionArn };
}

export async function answerFunctionUrl(
  { functionArn, id }: FunctionUrl,
  path: string,
  { method, query, headers, body }: AwsRequest,
  cloud: Cloud,
  functions: Functions,
): Promise<AwsResponse> {
  cloud.authorize(
    { kind: 'anonymous' },
    { action: 'lambda:InvokeFunctionUrl', resource: functionArn, context: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  );
  const isText = /json|text|xml|urlencoded/.test(headers['content-type'] ?? 'text');
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.toString(),
    cookies: headers.cookie?.split('; '),
    headers: flat,
    queryStringParameters: query.size === 0 ? undefined : Object.fromEntries(query),
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName: headers.host,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date().toUTCString(),
      timeEpoch: Date.now(),
    },
    body: body.length === 0 ? undefined : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText && body.length > 0,
  };
  const { payload, functionError } = await functions.run(functionArn, undefined, JSON.stringify(event));
  if (functionError !== undefined)
    return { status: 502, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' };
  return toResponse(JSON.parse(payload) as JsonObject | string | null);
}

function toResponse(answer: JsonObject | string | null): AwsResponse {
  if (answer === null || typeof answer !== 'object' || answer.statusCode === undefined) {
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const headers = Object.fromEntries(
    Object.entries((answer.headers ?? {}) as JsonObject).map(([name, value]) => [name, String(value)]),
  );
  const body = String(answer.body ?? '');
  return {
    status: Number(answer.statusCode),
    headers: { 'content-type': 'application/json', ...headers },
    body: answer.isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}
