/** What the template says of one distribution, with its policies and functions looked up and its path patterns compiled. */
import type { JsonObject } from '../../types.ts';
import { flagOf, listOf, numberOf, objectOf, textOf, textsOf } from '../edge/properties.ts';
import type { EdgeFunction } from './edge-function.ts';
import {
  type CachePolicy,
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  type OriginRequestPolicy,
} from './policies.ts';
import { MANAGED_RESPONSE_HEADERS_POLICIES, type ResponseHeadersPolicy } from './response-headers-policy.ts';

export interface Distribution {
  id: string;
  arn: string;
  domainName: string;
  defaultRootObject: string | undefined;
  /** In order of precedence; the last one is the default behaviour and matches all. */
  behaviors: Behavior[];
  errorResponses: Map<number, ErrorResponse>;
}

export interface Behavior {
  pattern: string;
  matches: (path: string) => boolean;
  origin: Origin;
  allowedMethods: ReadonlySet<string>;
  cachedMethods: ReadonlySet<string>;
  cachePolicy: CachePolicy;
  originRequestPolicy: OriginRequestPolicy | undefined;
  responseHeadersPolicy: ResponseHeadersPolicy | undefined;
  viewerRequest: EdgeFunction | undefined;
  viewerResponse: EdgeFunction | undefined;
  compress: boolean;
}

export type OriginTarget =
  | { kind: 's3'; bucket: string; signed: boolean }
  | { kind: 'api'; apiId: string }
  | { kind: 'http'; secure: boolean; port: number };

export interface Origin {
  id: string;
  domainName: string;
  /** Prefix without a trailing slash, or empty. */
  path: string;
  /** Lower-case names; they replace the viewer's headers of the same name. */
  customHeaders: Record<string, string>;
  target: OriginTarget;
  /** Milliseconds until the origin is given up. */
  timeoutMs: number;
}

export interface ErrorResponse {
  pagePath: string | undefined;
  responseCode: number | undefined;
  /** Seconds. */
  cachingMinTtl: number;
}

/** Things of other resources that a distribution refers to, by id or ARN. */
export interface Referred {
  cachePolicies: ReadonlyMap<string, CachePolicy>;
  originRequestPolicies: ReadonlyMap<string, OriginRequestPolicy>;
  responseHeadersPolicies: ReadonlyMap<string, ResponseHeadersPolicy>;
  /** By function ARN. */
  functions: ReadonlyMap<string, EdgeFunction>;
}

/** Throws an error that names what the distribution uses and the local platform does not speak or know. */
export function readDistribution(
  identity: Pick<Distribution, 'id' | 'arn' | 'domainName'>,
  config: JsonObject,
  referred: Referred,
): Distribution {
  const origins = new Map(
    listOf(config.Origins)
      .map((item) => readOrigin(objectOf(item)))
      .map((origin) => [origin.id, origin]),
  );
  const behaviors = listOf(config.CacheBehaviors).map((item) => {
    const properties = objectOf(item);
    return readBehavior(textOf(properties.PathPattern) ?? '*', properties, origins, referred);
  });
  behaviors.push(readBehavior('*', objectOf(config.DefaultCacheBehavior), origins, referred));
  return {
    ...identity,
    defaultRootObject: textOf(config.DefaultRootObject)?.replace(/^\//, '') || undefined,
    behaviors,
    errorResponses: new Map(
      listOf(config.CustomErrorResponses).map((item) => {
        const { ErrorCode, ErrorCachingMinTTL, ResponseCode, ResponsePagePath } = objectOf(item);
        const response = {
          pagePath: textOf(ResponsePagePath),
          responseCode: numberOf(ResponseCode),
          cachingMinTtl: numberOf(ErrorCachingMinTTL) ?? 10,
        };
        return [numberOf(ErrorCode) ?? 0, response];
      }),
    ),
  };
}

function readBehavior(
  pattern: string,
  properties: JsonObject,
  origins: Map<string, Origin>,
  referred: Referred,
): Behavior {
  const where = `The behaviour ${pattern}`;
  const origin = origins.get(textOf(properties.TargetOriginId) ?? '');
  if (!origin)
    throw new Error(
      `${where} targets "${textOf(properties.TargetOriginId)}", which is no origin (groups are not spoken here).`,
    );
  if (properties.ForwardedValues !== undefined)
    throw new Error(`${where} uses ForwardedValues; only policies are spoken here.`);
  if (listOf(properties.LambdaFunctionAssociations).length > 0)
    throw new Error(`${where} uses Lambda@Edge, which is not spoken here.`);
  if (listOf(properties.TrustedKeyGroups).length > 0)
    throw new Error(`${where} uses signed URLs, which are not spoken here.`);
  const find = <Policy>(property: string, own: ReadonlyMap<string, Policy>, managed: ReadonlyMap<string, Policy>) => {
    const id = textOf(properties[property]);
    if (id === undefined) return undefined;
    const policy = own.get(id) ?? managed.get(id);
    if (!policy) throw new Error(`${where} names the unknown ${property} ${id}.`);
    return policy;
  };
  const cachePolicy = find('CachePolicyId', referred.cachePolicies, MANAGED_CACHE_POLICIES);
  if (!cachePolicy) throw new Error(`${where} has no CachePolicyId.`);
  const functionOf = (eventType: string) => {
    const association = listOf(properties.FunctionAssociations)
      .map(objectOf)
      .find((item) => item.EventType === eventType);
    if (!association) return undefined;
    const arn = textOf(association.FunctionARN) ?? '';
    const edgeFunction = referred.functions.get(arn);
    if (!edgeFunction) throw new Error(`${where} names the unknown function ${arn}.`);
    return edgeFunction;
  };
  return {
    pattern,
    matches: compilePattern(pattern),
    origin,
    allowedMethods: new Set(methodsOf(properties.AllowedMethods)),
    cachedMethods: new Set(methodsOf(properties.CachedMethods)),
    cachePolicy,
    originRequestPolicy: find('OriginRequestPolicyId', referred.originRequestPolicies, MANAGED_ORIGIN_REQUEST_POLICIES),
    responseHeadersPolicy: find(
      'ResponseHeadersPolicyId',
      referred.responseHeadersPolicies,
      MANAGED_RESPONSE_HEADERS_POLICIES,
    ),
    viewerRequest: functionOf('viewer-request'),
    viewerResponse: functionOf('viewer-response'),
    compress: flagOf(properties.Compress),
  };
}

function methodsOf(declared: JsonObject[string] | undefined): string[] {
  const methods = textsOf(Array.isArray(declared) ? declared : objectOf(declared).Items);
  return methods.length > 0 ? methods : ['GET', 'HEAD'];
}

/** `*` for any text, `?` for one character; the leading slash is optional, letter case counts. */
export function compilePattern(pattern: string): (path: string) => boolean {
  if (pattern === '*' || pattern === '/*') return () => true;
  const absolute = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const source = absolute
    .replace(/[.+^$(){}|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}

const API_DOMAIN = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/;
const BUCKET_DOMAIN = /^(.+?)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;

function readOrigin(properties: JsonObject): Origin {
  const domainName = textOf(properties.DomainName) ?? '';
  const custom = objectOf(properties.CustomOriginConfig);
  return {
    id: textOf(properties.Id) ?? '',
    domainName,
    path: (textOf(properties.OriginPath) ?? '').replace(/\/$/, ''),
    customHeaders: Object.fromEntries(
      listOf(properties.OriginCustomHeaders)
        .map(objectOf)
        .map(({ HeaderName, HeaderValue }) => [(textOf(HeaderName) ?? '').toLowerCase(), textOf(HeaderValue) ?? '']),
    ),
    target: readTarget(domainName, properties, custom),
    timeoutMs: (numberOf(custom.OriginReadTimeout) ?? 30) * 1000,
  };
}

function readTarget(domainName: string, properties: JsonObject, custom: JsonObject): OriginTarget {
  const apiId = API_DOMAIN.exec(domainName)?.[1];
  if (apiId) return { kind: 'api', apiId };
  const bucket = BUCKET_DOMAIN.exec(domainName)?.[1];
  if (bucket) {
    const identity = textOf(objectOf(properties.S3OriginConfig).OriginAccessIdentity);
    return { kind: 's3', bucket, signed: Boolean(textOf(properties.OriginAccessControlId) || identity) };
  }
  const secure = custom.OriginProtocolPolicy === 'https-only';
  const port = numberOf(secure ? custom.HTTPSPort : custom.HTTPPort) ?? (secure ? 443 : 80);
  return { kind: 'http', secure, port };
}
