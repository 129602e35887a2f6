import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { Json, JsonObject, Service } from '../types.ts';
import { createApiGateway } from './apigateway.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:items';
const URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;
const KEY = 'a-key-of-more-than-twenty-characters';
const integration = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: URI } };

const BODY: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'partner', version: '1' },
  'x-amazon-apigateway-api-key-source': 'HEADER',
  'x-amazon-apigateway-request-validators': {
    parameters: { validateRequestParameters: true, validateRequestBody: false },
  },
  components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
  paths: {
    '/items': {
      get: { ...integration, security: [{ key: [] }] },
      post: { ...integration, security: [{ key: [] }] },
    },
    '/open': { get: integration, post: integration },
    '/items/{id}': {
      get: {
        ...integration,
        operationId: 'getItem',
        'x-amazon-apigateway-request-validator': 'parameters',
        parameters: [{ name: 'colour', in: 'query', required: true, schema: { type: 'string' } }],
      },
    },
  },
};

interface Partner {
  cloud: FakeCloud;
  service: Service;
  apiId: string;
  planId: string;
  url: string;
  event(): JsonObject;
  answer: { payload: Json };
  clock: { now: number };
}

interface Options {
  body?: JsonObject;
  restApi?: JsonObject;
  plan?: JsonObject;
  stage?: JsonObject;
  stateDir?: string;
  resources?: [type: string, properties: JsonObject][];
}

const open: { service: Service; served: ServedService[] }[] = [];
afterEach(async () => {
  for (const { service, served } of open.splice(0)) {
    await Promise.all(served.map((it) => it.close()));
    await service.stop?.();
  }
});

async function startPartner(options: Options = {}): Promise<Partner> {
  const clock = { now: Date.parse('2026-11-18T12:00:00Z') };
  const answer: Partner['answer'] = { payload: { statusCode: 200, body: '{}' } };
  const cloud = createFakeCloud(options.stateDir === undefined ? {} : { stateDir: options.stateDir });
  cloud.invoke = async (functionArn, payload, { caller }) => {
    cloud.calls.invoke.push({ functionArn, payload, caller });
    return { payload: answer.payload, durationMs: 1, requestId: 'r' };
  };
  const service = createApiGateway(cloud, () => clock.now);
  open.push({ service, served: [] });
  const provide = async (type: string, properties: JsonObject) =>
    (await service.resources[`AWS::ApiGateway::${type}`]?.({ stack: 's', logicalId: type, type, properties }))?.ref ??
    '';
  const RestApiId = await provide('RestApi', { Name: 'partner', Body: options.body ?? BODY, ...options.restApi });
  const DeploymentId = await provide('Deployment', { RestApiId });
  await provide('Stage', { RestApiId, DeploymentId, StageName: 'v1', ...options.stage });
  const UsagePlanId = await provide('UsagePlan', {
    UsagePlanName: 'Pro',
    ApiStages: [{ ApiId: RestApiId, Stage: 'v1' }],
    ...options.plan,
  });
  const KeyId = await provide('ApiKey', { Name: 'demo', Value: KEY, Enabled: true });
  await provide('UsagePlanKey', { KeyId, KeyType: 'API_KEY', UsagePlanId });
  for (const [type, properties] of options.resources ?? []) await provide(type, { RestApiId, ...properties });
  await service.start?.();
  return {
    cloud,
    service,
    apiId: RestApiId,
    planId: UsagePlanId,
    url: cloud.calls.addresses[0]?.url ?? '',
    event: () => cloud.calls.invoke.at(-1)?.payload as JsonObject,
    answer,
    clock,
  };
}

const withKey = (value = KEY) => ({ headers: { 'x-api-key': value } });
async function outcome(response: Promise<Response>): Promise<[number, string, string | null]> {
  const received = await response;
  return [received.status, await received.text(), received.headers.get('x-amzn-errortype')];
}

describe('requests', () => {
  test('the listener hands the stage’s path to the function with every documented field', async () => {
    const { url, event, apiId, cloud } = await startPartner({ stage: { Variables: { colour: 'red' } } });
    expect(url).toMatch(/^http:\/\/localhost:\d+\/v1$/);
    const response = await fetch(`${url}/items/a%20b?colour=x&colour=y`, { headers: { 'X-One': '1' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(event()).toMatchObject({
      resource: '/items/{id}',
      path: '/items/a%20b',
      httpMethod: 'GET',
      queryStringParameters: { colour: 'y' },
      multiValueQueryStringParameters: { colour: ['x', 'y'] },
      pathParameters: { id: 'a%20b' },
      stageVariables: { colour: 'red' },
      body: null,
      isBase64Encoded: false,
      headers: { Host: `${apiId}.execute-api.us-east-1.amazonaws.com`, 'X-Forwarded-For': '127.0.0.1' },
      requestContext: {
        apiId,
        httpMethod: 'GET',
        identity: { sourceIp: '127.0.0.1', apiKey: null },
        operationName: 'getItem',
        path: '/v1/items/a%20b',
        requestId: response.headers.get('x-amzn-requestid'),
        resourcePath: '/items/{id}',
        stage: 'v1',
      },
    });
    expect(event().version).toBeUndefined();
    expect(cloud.calls.invoke[0]?.caller).toMatchObject({
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:us-east-1:000000000000:${apiId}/v1/GET/items/{id}`,
    });
  });

  test('an unknown path, method or stage is 403, as in AWS', async () => {
    const { url } = await startPartner();
    const missing = [403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'];
    expect(await outcome(fetch(`${url}/none`))).toEqual(missing);
    expect(await outcome(fetch(`${url}/items`, { method: 'DELETE' }))).toEqual(missing);
    expect(await outcome(fetch(url.replace('/v1', '/v2/items')))).toEqual([
      403,
      '{"message":"Forbidden"}',
      'ForbiddenException',
    ]);
    expect((await fetch(`${url}/open/`)).status).toBe(200);
  });

  test('a required parameter is checked where a validator says so', async () => {
    const { url } = await startPartner();
    expect(await outcome(fetch(`${url}/items/1`))).toEqual([
      400,
      '{"message":"Missing required request parameters: [colour]"}',
      'BadRequestException',
    ]);
  });

  test('a body is checked by its schema where a validator says so', async () => {
    const body = structuredClone(BODY);
    body['x-amazon-apigateway-request-validators'] = {
      all: { validateRequestBody: true, validateRequestParameters: true },
    };
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    (body.paths as JsonObject)['/checked'] = {
      post: {
        ...integration,
        'x-amazon-apigateway-request-validator': 'all',
        requestBody: { required: true, content: { 'application/json': { schema } } },
      },
    };
    const { url, cloud } = await startPartner({ body });
    const send = (text: string, type = 'application/json') =>
      outcome(fetch(`${url}/checked`, { method: 'POST', headers: { 'content-type': type }, body: text }));
    const refused = [400, '{"message":"Invalid request body"}', 'BadRequestException'];
    for (const wrong of ['{}', '{"name":1}', '{', '']) expect(await send(wrong)).toEqual(refused);
    expect(cloud.calls.invoke).toHaveLength(0);
    expect((await send('{"name":"x"}'))[0]).toBe(200);
    expect((await send('name', 'text/plain'))[0]).toBe(200);
  });

  test('a malformed answer is 502, a missing permission 500, a slow function 504', async () => {
    const slow = structuredClone(BODY);
    (((slow.paths as JsonObject)['/open'] as JsonObject).post as JsonObject)['x-amazon-apigateway-integration'] = {
      type: 'aws_proxy',
      uri: URI,
      timeoutInMillis: 20,
    };
    const { url, answer, cloud } = await startPartner({ body: slow });
    answer.payload = { body: 'no status' };
    expect((await outcome(fetch(`${url}/open`)))[0]).toBe(502);
    cloud.invoke = () => new Promise(() => undefined);
    expect(await outcome(fetch(`${url}/open`, { method: 'POST' }))).toEqual([
      504,
      '{"message":"Endpoint request timed out"}',
      'InternalServerErrorException',
    ]);
    cloud.invoke = () => Promise.reject(new Error('no permission'));
    expect((await outcome(fetch(`${url}/open`)))[0]).toBe(500);
  });

  test('binary media types decide about base64 both ways', async () => {
    const { url, event, answer } = await startPartner({ restApi: { BinaryMediaTypes: ['image/*'] } });
    const png = { 'content-type': 'image/png', accept: 'image/png' };
    answer.payload = { statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'AQL/', isBase64Encoded: true };
    const response = await fetch(`${url}/open`, { method: 'POST', headers: png, body: Buffer.from([1, 255]) });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
    expect(event()).toMatchObject({ body: 'Af8=', isBase64Encoded: true });
    const text = await fetch(`${url}/open`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
    expect(await text.text()).toBe('AQL/');
    expect(event()).toMatchObject({ body: 'x', isBase64Encoded: false });
  });

  test('headers that API Gateway writes itself come back remapped', async () => {
    const { url, answer } = await startPartner();
    answer.payload = { statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: '' };
    const { headers } = await fetch(`${url}/open`);
    expect(headers.get('www-authenticate')).toBeNull();
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
  });

  test('gateway responses change body, headers and status, with the context filled in', async () => {
    const { url } = await startPartner({
      resources: [
        [
          'GatewayResponse',
          {
            ResponseType: 'DEFAULT_4XX',
            ResponseParameters: {
              'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
              'gatewayresponse.header.X-Request': 'context.requestId',
              'gatewayresponse.header.X-Agent': 'method.request.header.user-agent',
            },
            ResponseTemplates: {
              'application/problem+json':
                '{"code":"$context.error.responseType","message":$context.error.messageString,"id":"$context.requestId"}',
            },
          },
        ],
      ],
    });
    const response = await fetch(`${url}/items`, { headers: { 'user-agent': 'me' } });
    const id = response.headers.get('x-amzn-requestid');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-request')).toBe(id);
    expect(response.headers.get('x-agent')).toBe('me');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({ code: 'INVALID_API_KEY', message: 'Forbidden', id });
  });

  test('a stage throttles each method of its own', async () => {
    const limits = { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 };
    const { url } = await startPartner({
      stage: { MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/~1open', ...limits }] },
    });
    expect((await fetch(`${url}/open`)).status).toBe(200);
    expect(await outcome(fetch(`${url}/open`))).toEqual([
      429,
      '{"message":"Too Many Requests"}',
      'TooManyRequestsException',
    ]);
    expect((await fetch(`${url}/open`, { method: 'POST' })).status).toBe(200);
  });

  test('routes may come from Resource and Method', async () => {
    const cloud = createFakeCloud();
    const service = createApiGateway(cloud);
    open.push({ service, served: [] });
    const provide = (type: string, properties: JsonObject) =>
      service.resources[`AWS::ApiGateway::${type}`]?.({ stack: 's', logicalId: type, type, properties });
    const api = await provide('RestApi', { Name: 'n' });
    const RestApiId = api?.ref ?? '';
    const ParentId = api?.attributes?.RootResourceId ?? '';
    const ResourceId = (await provide('Resource', { RestApiId, ParentId, PathPart: '{proxy+}' }))?.ref ?? '';
    const Integration = { Type: 'AWS_PROXY', Uri: URI };
    await provide('Method', { RestApiId, ResourceId, HttpMethod: 'ANY', AuthorizationType: 'NONE', Integration });
    await provide('Stage', { RestApiId, StageName: 'dev' });
    await cloud.callApi(RestApiId, {
      method: 'GET',
      url: '/dev/a/b',
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: '::1',
    });
    expect(cloud.calls.invoke[0]?.payload).toMatchObject({ resource: '/{proxy+}', pathParameters: { proxy: 'a/b' } });
  });
});

describe('API keys and usage plans', () => {
  test('a missing, unknown or disabled key, or one without a plan, is 403', async () => {
    const { url, service, event } = await startPartner();
    const forbidden = [403, '{"message":"Forbidden"}', 'ForbiddenException'];
    expect(await outcome(fetch(`${url}/items`))).toEqual(forbidden);
    expect(await outcome(fetch(`${url}/items`, withKey('unknown')))).toEqual(forbidden);
    expect((await fetch(`${url}/items`, withKey())).status).toBe(200);
    expect((event().requestContext as JsonObject).identity).toMatchObject({
      apiKey: KEY,
      apiKeyId: expect.any(String),
    });
    const control = await serve(service);
    const created = await control('POST', '/apikeys', { name: 'x', enabled: true });
    expect(await outcome(fetch(`${url}/items`, withKey(String(created.body.value))))).toEqual(forbidden);
  });

  test('a plan throttles each key apart', async () => {
    const { url, service, planId } = await startPartner({ plan: { Throttle: { BurstLimit: 2, RateLimit: 1 } } });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await fetch(`${url}/items`, withKey())).status);
    expect(statuses).toEqual([200, 200, 429]);
    const control = await serve(service);
    const other = (await control('POST', '/apikeys', { enabled: true })).body;
    await control('POST', `/usageplans/${planId}/keys`, { keyId: other.id as string, keyType: 'API_KEY' });
    expect((await fetch(`${url}/items`, withKey(String(other.value)))).status).toBe(200);
  });

  test('a quota counts by its period and survives a new start', async () => {
    const plan = { Quota: { Limit: 2, Period: 'WEEK' } };
    const first = await startPartner({ plan });
    await fetch(`${first.url}/items`, withKey());
    const { stateDir } = first.cloud;
    const second = await startPartner({ plan, stateDir });
    expect((await fetch(`${second.url}/items`, withKey())).status).toBe(200);
    expect(await outcome(fetch(`${second.url}/items`, withKey()))).toEqual([
      429,
      '{"message":"Limit Exceeded"}',
      'LimitExceededException',
    ]);
    second.clock.now += 4 * 86_400_000;
    expect((await fetch(`${second.url}/items`, withKey())).status).toBe(200);
    const control = await serve(second.service);
    const usage = await control('GET', `/usageplans/${second.planId}/usage?startDate=2026-11-18&endDate=2026-11-22`);
    expect(Object.values(usage.body.values as JsonObject)).toEqual([
      [
        [2, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 1],
      ],
    ]);
  });

  test('the control plane creates, shows, changes, joins and deletes keys', async () => {
    const { service, planId, url, cloud } = await startPartner();
    const control = await serve(service);
    const created = await control('POST', '/apikeys', {
      name: 'shop',
      description: 'd',
      enabled: true,
      tags: { a: 'b' },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'shop',
      enabled: true,
      tags: { a: 'b' },
      value: expect.stringMatching(/^\w{40}$/),
    });
    const id = String(created.body.id);
    const value = String(created.body.value);

    expect((await control('GET', `/apikeys/${id}`)).body.value).toBeUndefined();
    expect((await control('GET', `/apikeys/${id}?includeValue=true`)).body.value).toBe(value);
    const first = await control('GET', '/apikeys?limit=1&includeValues=true');
    expect(first.body).toMatchObject({ item: [{ name: 'demo', value: KEY }], position: '1' });
    expect((await control('GET', `/apikeys?position=${String(first.body.position)}`)).body.item).toMatchObject([
      { id },
    ]);
    expect((await control('POST', '/apikeys', { value })).status).toBe(409);
    expect((await control('POST', '/apikeys', { value: 'short' })).status).toBe(400);

    const joined = await control('POST', `/usageplans/${planId}/keys`, { keyId: id, keyType: 'API_KEY' });
    expect(joined).toMatchObject({ status: 201, body: { id, type: 'API_KEY', value } });
    expect((await control('POST', `/usageplans/${planId}/keys`, { keyId: id, keyType: 'API_KEY' })).status).toBe(409);
    expect((await control('GET', `/usageplans/${planId}/keys?name=shop`)).body.item).toMatchObject([{ id }]);
    expect((await control('GET', `/usageplans?keyId=${id}`)).body.item).toMatchObject([{ id: planId, name: 'Pro' }]);
    expect((await fetch(`${url}/items`, withKey(value))).status).toBe(200);

    const patchOperations = [{ op: 'replace', path: '/enabled', value: 'false' }];
    expect((await control('PATCH', `/apikeys/${id}`, { patchOperations })).body.enabled).toBe(false);
    expect((await fetch(`${url}/items`, withKey(value))).status).toBe(403);
    expect((await control('DELETE', `/usageplans/${planId}/keys/${id}`)).status).toBe(202);
    expect((await control('DELETE', `/apikeys/${id}`)).status).toBe(202);
    expect((await control('GET', `/apikeys/${id}`)).status).toBe(404);
    expect((await control('PUT', '/restapis', {})).status).toBe(404);
    expect(cloud.stateDir).toBeTruthy();
  });

  test('each operation needs the right that AWS names', async () => {
    const { service } = await startPartner();
    const request = { method: 'PATCH', path: '/apikeys/abc' } as Parameters<Service['rights']>[0];
    expect(service.rights(request)).toEqual([
      { action: 'apigateway:PATCH', resource: 'arn:aws:apigateway:us-east-1::/apikeys/abc' },
    ]);
  });
});

async function serve(service: Service) {
  const served = await serveService(createFakeCloud(), service);
  open.find((entry) => entry.service === service)?.served.push(served);
  return async (method: string, path: string, body?: JsonObject): Promise<{ status: number; body: JsonObject }> => {
    const response = await fetch(`${served.url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as JsonObject) };
  };
}
