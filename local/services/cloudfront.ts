/**
 * CloudFront: Distribution, Function, CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy, OriginAccessControl, and
 * CreateInvalidation at the endpoint. Each distribution has its own listener: the first on the web port, the others on
 * free ports ten above it. Origins: buckets (with origin access control, so the bucket's policy decides), API Gateway
 * APIs of this process, and any HTTP server.
 *
 * Where it differs from AWS:
 * - the listener speaks HTTP/1.1 without TLS; ViewerProtocolPolicy and aliases have no effect, and origins and functions
 *   are told `https` as they would be behind a certificate;
 * - the cache is that of one process: it is empty after a start, and each provisioning empties it;
 * - with CachingDisabled no error is cached either; AWS caches some for ten seconds;
 * - `cloudfront-viewer-country` is what the viewer sends as a header of that name (so a test can play a country), XX
 *   otherwise; city, region, coordinates and ASN are not known;
 * - a function may take 250 ms of elapsed time instead of about one of processor time; key value stores are not spoken;
 * - refused at start: Lambda@Edge, origin groups, origin access identities, signed URLs, ForwardedValues;
 * - without effect: WebACLId, Logging, PriceClass, restrictions, field-level encryption, realtime logs.
 */
import { randomBytes } from 'node:crypto';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Cloud,
  type CreatedResource,
  type JsonObject,
  type ResourceDeclaration,
  type Service,
} from '../types.ts';
import { type Distribution, readDistribution } from './cloudfront/distribution.ts';
import { createEdgeCache, type EdgeCache } from './cloudfront/edge-cache.ts';
import { createEdgeFunction, type EdgeFunction } from './cloudfront/edge-function.ts';
import { closeOriginSockets } from './cloudfront/fetch-origin.ts';
import {
  type CachePolicy,
  type OriginRequestPolicy,
  readCachePolicy,
  readOriginRequestPolicy,
} from './cloudfront/policies.ts';
import { type ResponseHeadersPolicy, readResponseHeadersPolicy } from './cloudfront/response-headers-policy.ts';
import { createViewerHandler } from './cloudfront/serve-viewer.ts';
import { type Listener, listen, type ViewerHandler } from './edge/listener.ts';
import { nameOf, objectOf, textOf } from './edge/properties.ts';
import { createRequestLog } from './edge/request-log.ts';
import { stableId } from './edge/stable-id.ts';

interface Running {
  name: string;
  distribution: Distribution;
  cache: EdgeCache;
  handler: ViewerHandler;
  listener: Listener | undefined;
}

const INVALIDATION = /^\/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation$/;

export function createCloudFront(cloud: Cloud): Service {
  const log = createRequestLog(cloud, 'cloudfront');
  const cachePolicies = new Map<string, CachePolicy>();
  const originRequestPolicies = new Map<string, OriginRequestPolicy>();
  const responseHeadersPolicies = new Map<string, ResponseHeadersPolicy>();
  const functions = new Map<string, EdgeFunction>();
  const running = new Map<string, Running>();

  /** A provider for what is known by an id: reads the properties and keeps the result. */
  function keeping<Kept>(kept: Map<string, Kept>, read: (properties: JsonObject) => Kept) {
    return (resource: ResourceDeclaration): CreatedResource => {
      const id = policyId(resource);
      kept.set(id, read(resource.properties));
      return { ref: id, attributes: { Id: id, LastModifiedTime: new Date(0).toISOString() } };
    };
  }

  function createFunction(resource: ResourceDeclaration): CreatedResource {
    const { properties } = resource;
    const name = textOf(properties.Name) ?? resource.logicalId;
    const group = `/aws/cloudfront/function/${name}`;
    if (objectOf(properties.FunctionConfig).KeyValueStoreAssociations !== undefined) {
      throw new Error(`${nameOf(resource)}: key value stores are not spoken here.`);
    }
    const arn = `arn:aws:cloudfront::${cloud.accountId}:function/${name}`;
    functions.set(
      arn,
      createEdgeFunction(name, textOf(properties.FunctionCode) ?? '', (line) => cloud.writeLog(group, name, line)),
    );
    return { ref: arn, attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: 'LIVE' } };
  }

  function createDistribution(resource: ResourceDeclaration): CreatedResource {
    const id = `E${stableId(resource, 13).toUpperCase()}`;
    const domainName = `d${stableId(resource, 13)}.cloudfront.net`;
    const arn = `arn:aws:cloudfront::${cloud.accountId}:distribution/${id}`;
    const config = objectOf(resource.properties.DistributionConfig);
    const referred = { cachePolicies, originRequestPolicies, responseHeadersPolicies, functions };
    try {
      const distribution = readDistribution({ id, arn, domainName }, config, referred);
      const cache = createEdgeCache();
      const handler = createViewerHandler(cloud, distribution, cache, log);
      const { listener } = running.get(id) ?? { listener: undefined };
      running.set(id, { name: textOf(config.Comment) || resource.logicalId, distribution, cache, handler, listener });
    } catch (error) {
      throw new Error(`${nameOf(resource)}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return { ref: id, attributes: { Id: id, DomainName: domainName } };
  }

  async function start(): Promise<void> {
    let first = true;
    for (const [id, entry] of running) {
      const port = first || cloud.ports.web === 0 ? cloud.ports.web : cloud.ports.web + 10;
      entry.cache.clear();
      // Looks the distribution up anew, so that a later provisioning takes effect without a new listener.
      entry.listener ??= await listen(cloud, { port, takeNext: !first }, (request) =>
        (running.get(id) as Running).handler(request),
      );
      cloud.announce({ kind: 'web', name: entry.name, url: `http://localhost:${entry.listener.port}` });
      first = false;
    }
  }

  async function stop(): Promise<void> {
    await Promise.all([...running.values()].map(({ listener }) => listener?.close()));
    closeOriginSockets();
  }

  function distributionOf(request: AwsRequest): Running {
    const id = request.method === 'POST' ? INVALIDATION.exec(request.path)?.[1] : undefined;
    if (id === undefined) {
      throw new AwsError(
        'UnknownOperationException',
        `CloudFront's ${request.method} ${request.path} is not spoken here.`,
        404,
      );
    }
    const found = running.get(id);
    if (!found) throw new AwsError('NoSuchDistribution', `The distribution ${id} does not exist.`, 404);
    return found;
  }

  async function createInvalidation(request: AwsRequest): Promise<AwsResponse> {
    const { cache } = distributionOf(request);
    const body = request.body.toString();
    const paths = [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path]) => path ?? '');
    if (paths.length === 0) throw new AwsError('InvalidArgument', 'An invalidation names at least one path.');
    cache.invalidate(paths);
    const reference = /<CallerReference>([^<]*)<\/CallerReference>/.exec(body)?.[1] ?? '';
    const items = paths.map((path) => `<Path>${path}</Path>`).join('');
    const id = `I${randomBytes(7).toString('hex').toUpperCase().slice(0, 13)}`;
    return {
      status: 201,
      headers: { 'content-type': 'text/xml', location: `${request.path}/${id}` },
      body: `<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id><Status>Completed</Status><CreateTime>${new Date().toISOString()}</CreateTime><InvalidationBatch><Paths><Quantity>${paths.length}</Quantity><Items>${items}</Items></Paths><CallerReference>${reference}</CallerReference></InvalidationBatch></Invalidation>`,
    };
  }

  return {
    names: ['cloudfront'],
    resources: {
      'AWS::CloudFront::Distribution': createDistribution,
      'AWS::CloudFront::Function': createFunction,
      'AWS::CloudFront::CachePolicy': keeping(cachePolicies, readCachePolicy),
      'AWS::CloudFront::OriginRequestPolicy': keeping(originRequestPolicies, readOriginRequestPolicy),
      'AWS::CloudFront::ResponseHeadersPolicy': keeping(responseHeadersPolicies, (properties) =>
        readResponseHeadersPolicy(properties, cloud.endpoint),
      ),
      'AWS::CloudFront::OriginAccessControl': (resource) => ({
        ref: policyId(resource),
        attributes: { Id: policyId(resource) },
      }),
      'AWS::CloudFront::CloudFrontOriginAccessIdentity': (resource) => {
        throw new Error(
          `${nameOf(resource)}: origin access identities are not spoken here; use an origin access control.`,
        );
      },
    },
    rights: (request) => [
      { action: 'cloudfront:CreateInvalidation', resource: distributionOf(request).distribution.arn },
    ],
    handle: createInvalidation,
    start,
    stop,
    inspect: async (path) => {
      if (path !== '' && path !== '/') return undefined;
      const distributions = [...running.values()].map(({ name, distribution, cache, listener }) => ({
        id: distribution.id,
        name,
        url: listener ? `http://localhost:${listener.port}` : null,
        behaviors: distribution.behaviors.map(({ pattern, origin }) => ({ pattern, origin: origin.domainName })),
        cachedObjects: cache.size,
      }));
      return { distributions, requests: log.recent() };
    },
  };
}

/** An id as policies have it, derived from stack and logical id. */
function policyId(resource: ResourceDeclaration): string {
  const id = stableId(resource, 32);
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
