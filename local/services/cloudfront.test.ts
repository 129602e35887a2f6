import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import {
  AwsError,
  type Caller,
  type EdgeRequest,
  type EdgeResponse,
  type JsonObject,
  type Service,
  type StoredObject,
} from '../types.ts';
import { createCloudFront } from './cloudfront.ts';

const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const API_DOMAIN = 'api123.execute-api.us-east-1.amazonaws.com';
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Web {
  cloud: FakeCloud;
  service: Service;
  id: string;
  port: number;
  apiRequests: EdgeRequest[];
  reads: { key: string; caller: Caller }[];
  objects: Map<string, Partial<StoredObject> & { body: Buffer }>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Answer>;
}

const started: Service[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.stop?.()));
});

function behavior(target: string, more: JsonObject = {}): JsonObject {
  return {
    TargetOriginId: target,
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: CACHING_OPTIMIZED,
    ...more,
  };
}

const apiBehavior = (more: JsonObject = {}) =>
  behavior('api', {
    PathPattern: '/api/*',
    CachePolicyId: CACHING_DISABLED,
    OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST,
    AllowedMethods: METHODS,
    ...more,
  });

interface Options {
  config?: JsonObject;
  resources?: [type: string, logicalId: string, properties: JsonObject][];
  api?: (request: EdgeRequest) => EdgeResponse | Promise<EdgeResponse>;
  readObject?: FakeCloud['readObject'];
  authorize?: FakeCloud['authorize'];
}

/** `config` may name other resources by `{{logicalId}}`, which stands for their Ref. */
async function startWeb({ config = {}, resources = [], api, readObject, authorize }: Options = {}): Promise<Web> {
  const apiRequests: EdgeRequest[] = [];
  const reads: Web['reads'] = [];
  const objects: Web['objects'] = new Map();
  const cloud = createFakeCloud({
    ...(authorize && { authorize }),
    readObject:
      readObject ??
      (async (_bucket, key, caller) => {
        reads.push({ key, caller });
        const object = objects.get(key);
        return (
          object && { contentType: 'text/html', etag: `"${key}"`, lastModified: new Date(0), metadata: {}, ...object }
        );
      }),
    callApi: async (_apiId, request) => {
      apiRequests.push(request);
      return (
        api?.(request) ?? { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }
      );
    },
  });
  const service = createCloudFront(cloud);
  const provide = async (type: string, logicalId: string, properties: JsonObject) =>
    (await service.resources[`AWS::CloudFront::${type}`]?.({ stack: 'web', logicalId, type, properties }))?.ref ?? '';
  let text = JSON.stringify({
    DefaultRootObject: 'index.html',
    Origins: [
      { Id: 'site', DomainName: 'site.s3.us-east-1.amazonaws.com', OriginAccessControlId: 'oac', S3OriginConfig: {} },
      {
        Id: 'api',
        DomainName: API_DOMAIN,
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        OriginCustomHeaders: [{ HeaderName: 'X-Origin-Secret', HeaderValue: 's3cret' }],
      },
    ],
    DefaultCacheBehavior: behavior('site', { Compress: true }),
    CacheBehaviors: [apiBehavior()],
    ...config,
  });
  for (const [type, logicalId, properties] of resources) {
    text = text.replaceAll(`{{${logicalId}}}`, await provide(type, logicalId, properties));
  }
  const id = await provide('Distribution', 'Web', { DistributionConfig: JSON.parse(text) as JsonObject });
  started.push(service);
  await service.start?.();
  const port = Number(new URL(cloud.calls.addresses[0]?.url ?? '').port);
  const send: Web['send'] = (method, path, headers = {}, body) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers } },
        (incoming) => {
          buffer(incoming).then(
            (received) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: received }),
            reject,
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return {
    cloud,
    service,
    id,
    port,
    apiRequests,
    reads,
    objects,
    send,
    get: (path, headers) => send('GET', path, headers),
  };
}

function edgeFunction(code: string): [string, string, JsonObject] {
  return [
    'Function',
    'Fn',
    { Name: 'fn', FunctionCode: code, FunctionConfig: { Runtime: 'cloudfront-js-2.0' }, AutoPublish: true },
  ];
}
const withFunction = (eventType: string) => ({
  DefaultCacheBehavior: behavior('site', { FunctionAssociations: [{ EventType: eventType, FunctionARN: '{{Fn}}' }] }),
});

describe('behaviours and origins', () => {
  test('the first behaviour whose pattern matches decides, else the default one', async () => {
    const web = await startWeb();
    web.objects.set('page.html', { body: Buffer.from('page') });
    expect((await web.get('/page.html')).body.toString()).toBe('page');
    expect((await web.get('/api/v1/items?x=1')).body.toString()).toBe('{}');
    expect(web.apiRequests.map(({ url }) => url)).toEqual(['/api/v1/items?x=1']);
    expect((await web.get('/%61pi/v1')).body.toString()).toBe('{}');
  });

  test('an API gets the viewer’s headers, cookies and body, its own host, and the origin’s secret header', async () => {
    const web = await startWeb();
    await web.send(
      'POST',
      '/api/orders',
      {
        cookie: 'a=1; b=2',
        authorization: 'Bearer t',
        'x-origin-secret': 'forged',
        'content-type': 'application/json',
        'cloudfront-viewer-country': 'DE',
        'x-forwarded-for': '10.0.0.1',
      },
      '{"a":1}',
    );
    const request = web.apiRequests[0] as EdgeRequest;
    expect(request.method).toBe('POST');
    expect(request.body.toString()).toBe('{"a":1}');
    expect(request.headers).toMatchObject({
      host: API_DOMAIN,
      cookie: 'a=1; b=2',
      authorization: 'Bearer t',
      'content-type': 'application/json',
      'x-origin-secret': 's3cret',
      'x-forwarded-for': '10.0.0.1, 127.0.0.1',
    });
    expect(request.headers['cloudfront-viewer-country']).toBeUndefined();
    expect(request.sourceIp).not.toBe('127.0.0.1');
  });

  test('CloudFront’s own headers reach the origin only when its policy asks for them', async () => {
    const web = await startWeb({
      config: { CacheBehaviors: [apiBehavior({ OriginRequestPolicyId: '{{Policy}}' })] },
      resources: [
        [
          'OriginRequestPolicy',
          'Policy',
          {
            OriginRequestPolicyConfig: {
              HeadersConfig: {
                HeaderBehavior: 'whitelist',
                Headers: ['CloudFront-Viewer-Country', 'CloudFront-Viewer-Address', 'X-One'],
              },
              CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['session'] },
              QueryStringsConfig: { QueryStringBehavior: 'allExcept', QueryStrings: ['secret'] },
            },
          },
        ],
      ],
    });
    await web.get('/api/a?x=1&secret=2', { 'x-one': '1', 'x-two': '2', cookie: 'session=s; other=o' });
    await web.get('/api/a', { 'cloudfront-viewer-country': 'DE' });
    const [first, second] = web.apiRequests;
    expect(first?.url).toBe('/api/a?x=1');
    expect(first?.headers).toMatchObject({
      'x-one': '1',
      cookie: 'session=s',
      'cloudfront-viewer-country': 'XX',
      'user-agent': 'Amazon CloudFront',
    });
    expect(first?.headers['cloudfront-viewer-address']).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(first?.headers['x-two']).toBeUndefined();
    expect(second?.headers['cloudfront-viewer-country']).toBe('DE');
  });

  test('an API refuses the viewer’s Host, as it does behind the policy AllViewer', async () => {
    const web = await startWeb({ config: { CacheBehaviors: [apiBehavior({ OriginRequestPolicyId: ALL_VIEWER })] } });
    expect((await web.get('/api/a')).status).toBe(403);
    expect(web.apiRequests).toHaveLength(0);
  });

  test('methods that the behaviour does not allow, and GET with a body, are 403', async () => {
    const web = await startWeb();
    expect((await web.send('POST', '/page.html')).status).toBe(403);
    expect((await web.send('GET', '/api/a', { 'content-length': '1' }, 'x')).status).toBe(403);
    expect((await web.send('DELETE', '/api/a')).status).toBe(200);
  });

  test('a bucket is read as the distribution, so that the bucket’s policy decides', async () => {
    const web = await startWeb();
    await web.get('/');
    expect(web.reads[0]).toEqual({
      key: 'index.html',
      caller: {
        kind: 'service',
        principal: 'cloudfront.amazonaws.com',
        sourceArn: `arn:aws:cloudfront::000000000000:distribution/${web.id}`,
        sourceAccount: '000000000000',
      },
    });
    const denied = await startWeb({
      readObject: async () => {
        throw new AwsError('AccessDenied', 'no', 403);
      },
    });
    expect((await denied.get('/')).status).toBe(403);
  });

  test('a missing object is 404 only for a distribution that may list the bucket', async () => {
    const allowed = await startWeb();
    expect((await allowed.get('/none')).status).toBe(404);
    const refused = await startWeb({
      authorize: () => {
        throw new AwsError('AccessDenied', 'no', 403);
      },
    });
    expect((await refused.get('/none')).status).toBe(403);
  });

  test('a foreign Host is refused', async () => {
    const web = await startWeb();
    expect((await web.get('/', { host: 'evil.example' })).status).toBe(421);
    expect((await web.get('/', { host: `127.0.0.1:${web.port}` })).status).not.toBe(421);
  });

  test('error responses put a page and a status in the place of an error', async () => {
    const web = await startWeb({
      config: { CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/404.html' }] },
    });
    web.objects.set('404.html', { body: Buffer.from('not here') });
    const answer = await web.get('/none');
    expect([answer.status, answer.body.toString(), answer.headers['x-cache']]).toEqual([
      200,
      'not here',
      'Error from cloudfront',
    ]);
  });

  test('hop-by-hop headers end at the edge, repeated cookies do not', async () => {
    const web = await startWeb({
      api: () => ({
        status: 200,
        headers: { connection: 'x-a', 'keep-alive': '1', 'set-cookie': ['a=1', 'b=2'] },
        body: Buffer.alloc(0),
      }),
    });
    const { headers } = await web.get('/api/a');
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(headers.connection).toBe('keep-alive');
    expect(headers['x-cache']).toBe('Miss from cloudfront');
  });

  test('any HTTP server may be an origin, below its path', async () => {
    const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
    const origin = createServer((incoming, outgoing) => {
      seen.push({ url: incoming.url, headers: incoming.headers });
      outgoing.writeHead(201, { 'x-origin': 'yes' });
      incoming.pipe(outgoing);
    });
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const { port } = origin.address() as AddressInfo;
    const custom = { OriginProtocolPolicy: 'http-only', HTTPPort: port };
    const web = await startWeb({
      config: {
        Origins: [{ Id: 'api', DomainName: '127.0.0.1', OriginPath: '/v1', CustomOriginConfig: custom }],
        DefaultCacheBehavior: apiBehavior(),
        CacheBehaviors: [],
      },
    });
    const answer = await web.send('PUT', '/items?a=1', { 'x-one': '1' }, 'body');
    expect([answer.status, answer.headers['x-origin'], answer.body.toString()]).toEqual([201, 'yes', 'body']);
    expect(seen[0]).toMatchObject({ url: '/v1/items?a=1', headers: { host: '127.0.0.1', 'x-one': '1' } });
    origin.closeAllConnections();
    await new Promise((resolve) => origin.close(resolve));
    expect((await web.get('/items')).status).toBe(502);
  });

  test('what is not spoken is refused at start', async () => {
    const refuse = (more: JsonObject) =>
      expect(startWeb({ config: { DefaultCacheBehavior: behavior('site', more) } })).rejects;
    await refuse({ CachePolicyId: 'nobody' }).toThrow('unknown CachePolicyId');
    await refuse({ LambdaFunctionAssociations: [{}] }).toThrow('Lambda@Edge');
    await refuse({ TargetOriginId: 'nobody' }).toThrow('no origin');
  });
});

describe('cache, conditions and compression', () => {
  test('a cached object is a hit until it is invalidated', async () => {
    const web = await startWeb();
    web.objects.set('a.html', { body: Buffer.from('one') });
    expect((await web.get('/a.html')).headers['x-cache']).toBe('Miss from cloudfront');
    web.objects.set('a.html', { body: Buffer.from('two') });
    const hit = await web.get('/a.html?ignored=1');
    expect([hit.headers['x-cache'], hit.headers.age, hit.body.toString()]).toEqual(['Hit from cloudfront', '0', 'one']);
    const response = await web.service.handle({
      service: 'cloudfront',
      region: 'us-east-1',
      method: 'POST',
      path: `/2020-05-31/distribution/${web.id}/invalidation`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from('<InvalidationBatch><Paths><Items><Path>/*</Path></Items></Paths></InvalidationBatch>'),
      caller: { kind: 'root' },
      requestId: 'r',
    });
    expect(response.status).toBe(201);
    expect((await web.get('/a.html')).body.toString()).toBe('two');
  });

  test('an origin’s no-store is obeyed with a minimum of zero', async () => {
    const web = await startWeb({
      config: { CacheBehaviors: [apiBehavior({ CachePolicyId: '{{Policy}}' })] },
      resources: [
        [
          'CachePolicy',
          'Policy',
          { CachePolicyConfig: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 60, ParametersInCacheKeyAndForwardedToOrigin: {} } },
        ],
      ],
      api: (request) => ({
        status: 200,
        headers: { 'cache-control': request.url.endsWith('keep') ? 'max-age=60' : 'no-store' },
        body: Buffer.from('x'),
      }),
    });
    const outcomes = [];
    for (const path of ['keep', 'keep', 'none', 'none'])
      outcomes.push((await web.get(`/api/${path}`)).headers['x-cache']);
    expect(outcomes.map((outcome) => outcome?.toString().split(' ')[0])).toEqual(['Miss', 'Hit', 'Miss', 'Miss']);
  });

  test('without a cache an API is asked each time, and answers conditions itself', async () => {
    const web = await startWeb({ api: () => ({ status: 200, headers: { etag: '"1"' }, body: Buffer.from('x') }) });
    for (let count = 0; count < 2; count++)
      expect((await web.get('/api/a', { 'if-none-match': '"1"' })).status).toBe(200);
    expect(web.apiRequests).toHaveLength(2);
    expect(web.apiRequests[0]?.headers['if-none-match']).toBe('"1"');
  });

  test('an unchanged object is 304, part of it is 206', async () => {
    const web = await startWeb();
    web.objects.set('a.txt', { body: Buffer.from('0123456789'), contentType: 'text/plain' });
    const unchanged = await web.get('/a.txt', { 'if-none-match': 'W/"a.txt"' });
    expect([unchanged.status, unchanged.body.length, unchanged.headers.etag]).toEqual([304, 0, '"a.txt"']);
    expect((await web.get('/a.txt', { 'if-modified-since': new Date(0).toUTCString() })).status).toBe(304);
    const part = await web.get('/a.txt', { range: 'bytes=2-4' });
    expect([part.status, part.body.toString(), part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    expect((await web.get('/a.txt', { range: 'bytes=-3' })).body.toString()).toBe('789');
    expect((await web.get('/a.txt', { range: 'bytes=10-' })).status).toBe(416);
  });

  test('HEAD has the length and no body', async () => {
    const web = await startWeb();
    web.objects.set('a.txt', { body: Buffer.from('0123456789') });
    const answer = await web.send('HEAD', '/a.txt');
    expect([answer.status, answer.headers['content-length'], answer.body.length]).toEqual([200, '10', 0]);
  });

  test('compresses compressible objects from 1,000 bytes for viewers that accept it', async () => {
    const web = await startWeb();
    const body = Buffer.from('a'.repeat(2000));
    web.objects.set('big.html', { body });
    web.objects.set('small.html', { body: body.subarray(0, 999) });
    web.objects.set('big.png', { body, contentType: 'image/png' });
    const encodingOf = async (path: string, accepted?: string) =>
      (await web.get(path, accepted === undefined ? {} : { 'accept-encoding': accepted })).headers['content-encoding'];
    expect(await encodingOf('/big.html', 'gzip, br')).toBe('br');
    expect(await encodingOf('/big.html', 'gzip')).toBe('gzip');
    expect(await encodingOf('/big.html', 'br;q=0')).toBeUndefined();
    expect(await encodingOf('/big.html')).toBeUndefined();
    expect(await encodingOf('/small.html', 'br')).toBeUndefined();
    expect(await encodingOf('/big.png', 'br')).toBeUndefined();
    const again = await web.get('/big.html', { 'accept-encoding': 'br' });
    expect(brotliDecompressSync(again.body).equals(body)).toBe(true);
    expect(again.headers).toMatchObject({ vary: 'Accept-Encoding', etag: 'W/"big.html"' });
    expect((await web.get('/big.html', { 'accept-encoding': 'br', 'if-none-match': 'W/"big.html"' })).status).toBe(304);
  });
});

describe('functions', () => {
  test('a viewer-request function gets the documented event and may rewrite the request', async () => {
    const code = `function handler(event) {
      console.log(JSON.stringify(event));
      var request = event.request;
      request.uri = '/' + request.querystring.page.value + '.html';
      return request;
    }`;
    const web = await startWeb({ config: withFunction('viewer-request'), resources: [edgeFunction(code)] });
    web.objects.set('one.html', { body: Buffer.from('one') });
    expect((await web.get('/x?page=one&t=1&t=2', { cookie: 'a=1', 'x-one': '1' })).body.toString()).toBe('one');
    expect(JSON.parse(web.cloud.calls.logs[0]?.message ?? '')).toMatchObject({
      version: '1.0',
      context: {
        distributionId: web.id,
        eventType: 'viewer-request',
        distributionDomainName: expect.stringMatching(/^d\w+\.cloudfront\.net$/),
      },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/x',
        querystring: { page: { value: 'one' }, t: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] } },
        headers: { 'x-one': { value: '1' } },
        cookies: { a: { value: '1' } },
      },
    });
  });

  test('a viewer-request function may answer itself, and may be asynchronous', async () => {
    const code = `const crypto = require('crypto');
    async function handler(event) {
      await null;
      const hash = crypto.createHash('sha256').update('x').digest('hex').slice(0, 4);
      return { statusCode: 302, headers: { location: { value: '/' + hash } }, cookies: { a: { value: '1', attributes: 'Path=/' } } };
    }`;
    const web = await startWeb({ config: withFunction('viewer-request'), resources: [edgeFunction(code)] });
    const answer = await web.get('/old');
    expect([answer.status, answer.headers.location, answer.headers['set-cookie']]).toEqual([
      302,
      '/2d71',
      ['a=1; Path=/'],
    ]);
    expect(answer.headers['x-cache']).toBe('FunctionGeneratedResponse from cloudfront');
    expect(web.reads).toHaveLength(0);
  });

  test('a viewer-response function changes headers and keeps the body', async () => {
    const code = `function handler(event) { event.response.headers['x-page'] = { value: event.request.uri }; return event.response; }`;
    const web = await startWeb({ config: withFunction('viewer-response'), resources: [edgeFunction(code)] });
    web.objects.set('a.html', { body: Buffer.from('a') });
    const answer = await web.get('/a.html');
    expect([answer.headers['x-page'], answer.body.toString()]).toEqual(['/a.html', 'a']);
  });

  test.each([
    ['throws', 'function handler() { throw new Error("broken"); }'],
    ['loops', 'function handler() { for (;;); }'],
    ['never settles', 'function handler() { return new Promise(() => {}); }'],
    ['returns nothing', 'function handler() {}'],
    ['reaches for the process', 'function handler(event) { return process.env; }'],
  ])('a function that %s is 503 and is logged', async (_what, code) => {
    const web = await startWeb({ config: withFunction('viewer-request'), resources: [edgeFunction(code)] });
    const answer = await web.get('/');
    expect([answer.status, answer.headers['x-cache']]).toEqual([503, 'FunctionExecutionError from cloudfront']);
    expect(
      web.cloud.calls.messages.some(({ level, message }) => level === 'error' && message.includes('function fn')),
    ).toBe(true);
  });

  test('code that can’t run in AWS or here is refused at start', async () => {
    const load = (code: string) => expect(startWeb({ resources: [edgeFunction(code)] })).rejects;
    await load(`import cf from 'cloudfront';\nfunction handler(e) { return e.request; }`).toThrow('key value stores');
    await load(`function handler(e) { return e.request; } //${'x'.repeat(10_240)}`).toThrow('10240');
    await load('var x = 1;').toThrow('handler');
  });
});

describe('response headers policies', () => {
  const policy = (config: JsonObject): Options => ({
    config: { CacheBehaviors: [apiBehavior({ ResponseHeadersPolicyId: '{{Policy}}' })] },
    resources: [['ResponseHeadersPolicy', 'Policy', { ResponseHeadersPolicyConfig: config }]],
    api: () => ({
      status: 200,
      headers: {
        'x-frame-options': 'SAMEORIGIN',
        'x-powered-by': 'x',
        'x-own': 'origin',
        'access-control-allow-origin': 'null',
      },
      body: Buffer.from('x'),
    }),
  });

  test('names the endpoint in a content security policy where the template names a bucket', async () => {
    const said = "connect-src 'self' https://files.example-1.s3.us-east-1.amazonaws.com https://example.com";
    const web = await startWeb(
      policy({ SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: said, Override: true } } }),
    );
    const heard = (await web.get('/api/x')).headers['content-security-policy'];
    expect(heard).toMatch(/^connect-src 'self' http:\/\/[\w.:]+ https:\/\/example\.com$/);
  });

  test('adds, replaces only where it overrides, and removes', async () => {
    const web = await startWeb(
      policy({
        SecurityHeadersConfig: {
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 60,
            IncludeSubdomains: true,
            Preload: true,
            Override: true,
          },
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'same-origin', Override: false },
        },
        CustomHeadersConfig: { Items: [{ Header: 'X-Own', Value: 'policy', Override: false }] },
        RemoveHeadersConfig: { Items: [{ Header: 'X-Powered-By' }] },
      }),
    );
    const { headers } = await web.get('/api/a');
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=60; includeSubDomains; preload',
      'content-security-policy': "default-src 'self'",
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-own': 'origin',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('CORS headers come for allowed origins, and preflights get the methods', async () => {
    const web = await startWeb(
      policy({
        CorsConfig: {
          AccessControlAllowOrigins: { Items: ['https://*.a.example'] },
          AccessControlAllowMethods: { Items: ['GET', 'PUT'] },
          AccessControlAllowHeaders: { Items: ['X-One'] },
          AccessControlAllowCredentials: true,
          AccessControlMaxAgeSec: 5,
          OriginOverride: true,
        },
      }),
    );
    const origin = 'https://www.a.example';
    const preflight = await web.send('OPTIONS', '/api/a', { origin, 'access-control-request-method': 'PUT' });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'X-One',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '5',
    });
    expect(
      (await web.get('/api/a', { origin: 'https://b.example' })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });

  test('the managed SecurityHeadersPolicy is known', async () => {
    const web = await startWeb({
      config: { CacheBehaviors: [apiBehavior({ ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03' })] },
    });
    expect((await web.get('/api/a')).headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
  });
});
