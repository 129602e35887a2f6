import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { AwsError, type EdgeRequest, type EdgeResponse, type Json, type JsonObject } from '../types.ts';
import { createApiGatewayV2 } from './apigatewayv2.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:hello:live';
const URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;

function operation(version = '1.0'): JsonObject {
  return { 'x-amazon-apigateway-integration': { type: 'AWS_PROXY', uri: URI, payloadFormatVersion: version } };
}

function body(paths: Record<string, JsonObject>): JsonObject {
  return { openapi: '3.0.3', info: { title: 'test', version: '1' }, paths };
}

interface Api {
  cloud: FakeCloud;
  id: string;
  call(method: string, url: string, request?: Partial<EdgeRequest>): Promise<EdgeResponse>;
  /** The event of the last invocation. */
  event(): JsonObject;
}

async function createApi(
  properties: JsonObject,
  answer: Json = { statusCode: 200, body: 'ok' },
  stage: JsonObject = { StageName: '$default' },
): Promise<Api> {
  const cloud = createFakeCloud();
  cloud.invoke = async (functionArn, payload, { caller }) => {
    cloud.calls.invoke.push({ functionArn, payload, caller });
    return { payload: answer, durationMs: 1, requestId: 'r' };
  };
  const service = createApiGatewayV2(cloud);
  const provide = (type: string, logicalId: string, declared: JsonObject) =>
    service.resources[type]?.({ stack: 'test', logicalId, type, properties: declared });
  const api = await provide('AWS::ApiGatewayV2::Api', 'Api', { ProtocolType: 'HTTP', ...properties });
  const id = api?.ref ?? '';
  await provide('AWS::ApiGatewayV2::Stage', 'Stage', { ApiId: id, AutoDeploy: true, ...stage });
  return {
    cloud,
    id,
    call: (method, url, request = {}) =>
      cloud.callApi(id, { method, url, headers: {}, body: Buffer.alloc(0), sourceIp: '192.0.2.1', ...request }),
    event: () => cloud.calls.invoke.at(-1)?.payload as JsonObject,
  };
}

const text = (response: EdgeResponse) => response.body.toString();

describe('HTTP API', () => {
  test('sends format 1.0 with every field that AWS documents', async () => {
    const api = await createApi({ Body: body({ '/items/{id}': { get: operation() } }) }, undefined, {
      StageName: '$default',
      StageVariables: { colour: 'red' },
    });
    await api.call('GET', '/items/a%20b?tag=x&tag=y&q=1%2B1', {
      headers: { host: 'ignored', 'user-agent': 'curl', 'x-one': '1', connection: 'keep-alive' },
    });
    const event = api.event();
    expect(event).toMatchObject({
      version: '1.0',
      resource: '/items/{id}',
      path: '/items/a b',
      httpMethod: 'GET',
      headers: {
        host: `${api.id}.execute-api.us-east-1.amazonaws.com`,
        'user-agent': 'curl',
        'x-one': '1',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-proto': 'https',
      },
      multiValueHeaders: { 'x-one': ['1'] },
      queryStringParameters: { tag: 'y', q: '1+1' },
      multiValueQueryStringParameters: { tag: ['x', 'y'], q: ['1+1'] },
      pathParameters: { id: 'a b' },
      stageVariables: { colour: 'red' },
      body: null,
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: api.id,
        domainName: `${api.id}.execute-api.us-east-1.amazonaws.com`,
        domainPrefix: api.id,
        httpMethod: 'GET',
        identity: { sourceIp: '192.0.2.1', userAgent: 'curl' },
        path: '/items/a b',
        protocol: 'HTTP/1.1',
        resourcePath: '/items/{id}',
        stage: '$default',
      },
    });
    expect((event.headers as JsonObject).connection).toBeUndefined();
    const context = event.requestContext as JsonObject;
    expect(context.requestTime).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(context.requestId).toMatch(/^.{15}=$/);
    expect(context.extendedRequestId).toBe(context.requestId);
  });

  test('invokes as API Gateway with the route as source, so that Lambda permissions decide', async () => {
    const api = await createApi({ Body: body({ '/items/{id}': { get: operation() } }) });
    await api.call('GET', '/items/1');
    expect(api.cloud.calls.invoke[0]).toMatchObject({
      functionArn: FUNCTION,
      caller: {
        kind: 'service',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${api.id}/$default/GET/items/{id}`,
      },
    });
  });

  test('answers 500 and says why when the function permits no call', async () => {
    const api = await createApi({ Body: body({ '/': { get: operation() } }) });
    api.cloud.invoke = async () => {
      throw new AwsError('AccessDeniedException', 'no permission', 403);
    };
    const response = await api.call('GET', '/');
    expect(response.status).toBe(500);
    expect(text(response)).toBe('{"message":"Internal Server Error"}');
    expect(api.cloud.calls.messages.find(({ level }) => level === 'error')?.message).toContain('no permission');
  });

  test('sends format 2.0 with cookies apart and query values joined', async () => {
    const api = await createApi({ Body: body({ '/a': { post: operation('2.0') } }) }, 'hello');
    const response = await api.call('POST', '/a?x=1&x=2', {
      headers: { cookie: 'a=1; b=2', 'content-type': 'application/json' },
      body: Buffer.from('{}'),
    });
    expect(api.event()).toMatchObject({
      version: '2.0',
      routeKey: 'POST /a',
      rawPath: '/a',
      rawQueryString: 'x=1&x=2',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2' },
      requestContext: { http: { method: 'POST', path: '/a', sourceIp: '192.0.2.1' }, routeKey: 'POST /a' },
      body: '{}',
    });
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(text(response)).toBe('hello');
  });

  test('prefers a full match, then a greedy one, then $default', async () => {
    const api = await createApi({
      Body: body({
        '/pets/dog/1': { get: operation() },
        '/pets/dog/{id}': { get: operation() },
        '/pets/{proxy+}': { get: operation() },
        '/{proxy+}': { 'x-amazon-apigateway-any-method': operation() },
        '/$default': { 'x-amazon-apigateway-any-method': operation() },
      }),
    });
    const resourceOf = async (method: string, url: string) => {
      await api.call(method, url);
      return api.event().resource;
    };
    expect(await resourceOf('GET', '/pets/dog/1')).toBe('/pets/dog/1');
    expect(await resourceOf('GET', '/pets/dog/2')).toBe('/pets/dog/{id}');
    expect(await resourceOf('GET', '/pets/cat/1')).toBe('/pets/{proxy+}');
    expect(api.event().pathParameters).toEqual({ proxy: 'cat/1' });
    expect(await resourceOf('POST', '/test/5')).toBe('/{proxy+}');
    expect(await resourceOf('GET', '/')).toBe('$default');
  });

  test('knows no method that a path does not declare', async () => {
    const api = await createApi({ Body: body({ '/a': { get: operation() } }) });
    for (const [method, url] of [
      ['POST', '/a'],
      ['GET', '/b'],
      ['GET', '/a/'],
    ] as const) {
      const response = await api.call(method, url);
      expect([response.status, text(response)]).toEqual([404, '{"message":"Not Found"}']);
    }
  });

  test('takes a named stage from the path and shows it there', async () => {
    const api = await createApi({ Body: body({ '/a': { get: operation() } }) }, undefined, { StageName: 'dev' });
    expect((await api.call('GET', '/a')).status).toBe(404);
    expect((await api.call('GET', '/dev/a')).status).toBe(200);
    expect(api.event()).toMatchObject({ path: '/dev/a', requestContext: { stage: 'dev', path: '/dev/a' } });
  });

  test('hands text as text and all else as base64', async () => {
    const api = await createApi({ Body: body({ '/a': { post: operation() } }) });
    const send = async (type: string) => {
      await api.call('POST', '/a', { headers: { 'content-type': type }, body: Buffer.from('<é>') });
      return [api.event().isBase64Encoded, api.event().body];
    };
    for (const type of ['text/csv', 'application/json; charset=utf-8', 'application/xml', 'application/problem+json']) {
      expect(await send(type)).toEqual([false, '<é>']);
    }
    for (const type of ['image/png', 'application/octet-stream', 'application/jsonx']) {
      expect(await send(type)).toEqual([true, Buffer.from('<é>').toString('base64')]);
    }
  });

  test('maps status, headers, repeated headers and base64 of format 1.0', async () => {
    const api = await createApi(
      { Body: body({ '/a': { get: operation() } }) },
      {
        statusCode: 201,
        headers: { 'X-One': 1, 'Content-Type': 'image/png' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: Buffer.from([1, 2, 255]).toString('base64'),
        isBase64Encoded: true,
      },
    );
    const response = await api.call('GET', '/a');
    expect(response.status).toBe(201);
    expect(response.headers).toMatchObject({ 'x-one': '1', 'content-type': 'image/png', 'set-cookie': ['a=1', 'b=2'] });
    expect([...response.body]).toEqual([1, 2, 255]);
  });

  test.each([null, 'text', {}, { statusCode: 'x' }, { statusCode: 200, body: {} }, { statusCode: 200, headers: 'x' }])(
    'answers 500 to the malformed answer %j',
    async (answer) => {
      const api = await createApi({ Body: body({ '/a': { get: operation() } }) }, answer as Json);
      const response = await api.call('GET', '/a');
      expect([response.status, text(response)]).toEqual([500, '{"message":"Internal Server Error"}']);
    },
  );

  test('refuses more than the burst of a route with 429, and only on that route', async () => {
    const api = await createApi({ Body: body({ '/a': { get: operation() }, '/b': { get: operation() } }) }, undefined, {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 100 },
      RouteSettings: { 'GET /a': { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001 } },
    });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await api.call('GET', '/a')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(text(await api.call('GET', '/a'))).toBe('{"message":"Too Many Requests"}');
    expect((await api.call('GET', '/b')).status).toBe(200);
  });

  test('refuses a body of more than 10 MB', async () => {
    const api = await createApi({ Body: body({ '/a': { post: operation() } }) });
    expect((await api.call('POST', '/a', { body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413);
    expect(api.cloud.calls.invoke).toHaveLength(0);
  });

  test('gives up after the timeout of the integration with 503', async () => {
    const slow = operation();
    (slow['x-amazon-apigateway-integration'] as JsonObject).timeoutInMillis = 20;
    const api = await createApi({ Body: body({ '/a': { get: slow } }) });
    api.cloud.invoke = () => new Promise(() => undefined);
    const response = await api.call('GET', '/a');
    expect([response.status, text(response)]).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  test('answers preflights itself and replaces the function’s CORS headers', async () => {
    const api = await createApi(
      {
        Body: body({ '/a': { get: operation() } }),
        CorsConfiguration: {
          AllowOrigins: ['https://a.example'],
          AllowMethods: ['GET'],
          AllowCredentials: true,
          MaxAge: 60,
        },
      },
      { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: '' },
    );
    const origin = 'https://a.example';
    const preflight = await api.call('OPTIONS', '/a', { headers: { origin, 'access-control-request-method': 'GET' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '60',
    });
    expect((await api.call('GET', '/a', { headers: { origin } })).headers['access-control-allow-origin']).toBe(origin);
    const foreign = await api.call('GET', '/a', { headers: { origin: 'https://b.example' } });
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('writes the access log to the stage’s log group in its format', async () => {
    const api = await createApi({ Body: body({ '/a': { get: operation() } }) }, undefined, {
      StageName: '$default',
      AccessLogSettings: {
        DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:access:*',
        Format: '{"route":"$context.routeKey","status":"$context.status","error":"$context.error.message"}',
      },
    });
    await api.call('GET', '/a');
    expect(api.cloud.calls.logs).toEqual([
      { group: 'access', stream: '$default', message: '{"route":"GET /a","status":"200","error":"-"}' },
    ]);
  });

  test('takes routes from Route and Integration resources too', async () => {
    const cloud = createFakeCloud();
    const service = createApiGatewayV2(cloud);
    const provide = async (type: string, properties: JsonObject) =>
      (await service.resources[`AWS::ApiGatewayV2::${type}`]?.({ stack: 's', logicalId: type, type, properties }))
        ?.ref ?? '';
    const ApiId = await provide('Api', { Name: 'n', ProtocolType: 'HTTP' });
    const integration = await provide('Integration', { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: FUNCTION });
    await provide('Route', { ApiId, RouteKey: 'ANY /a', Target: `integrations/${integration}` });
    await provide('Stage', { ApiId, StageName: '$default' });
    await cloud.callApi(ApiId, { method: 'PUT', url: '/a', headers: {}, body: Buffer.alloc(0), sourceIp: '::1' });
    expect(cloud.calls.invoke[0]?.functionArn).toBe(FUNCTION);
  });

  test('refuses what it does not speak at start', async () => {
    const other = { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'https://a.example' } };
    await expect(createApi({ Body: body({ '/a': { get: other } }) })).rejects.toThrow('GET /a');
    await expect(createApi({ ProtocolType: 'WEBSOCKET' })).rejects.toThrow('WEBSOCKET');
    await expect(createApi({ Body: body({ '/a': { get: {} } }) })).rejects.toThrow(
      'no x-amazon-apigateway-integration',
    );
  });
});
