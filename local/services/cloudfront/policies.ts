/** Cache policies and origin request policies: read from a template, or managed by AWS and known by id. */
import type { JsonObject } from '../../types.ts';
import { flagOf, numberOf, objectOf, textOf } from '../edge/properties.ts';
import { EVERYTHING, NOTHING, only, readSelection, type Selection } from './selection.ts';

export interface CachePolicy {
  /** Seconds. */
  minTtl: number;
  defaultTtl: number;
  maxTtl: number;
  headers: Selection;
  cookies: Selection;
  query: Selection;
  gzip: boolean;
  brotli: boolean;
}

export interface OriginRequestPolicy {
  headers: Selection;
  /** CloudFront's own headers (`cloudfront-viewer-country`) that the origin gets, in lower case. */
  cloudFrontHeaders: ReadonlySet<string>;
  cookies: Selection;
  query: Selection;
}

/** From `AWS::CloudFront::CachePolicy`. */
export function readCachePolicy(properties: JsonObject): CachePolicy {
  const config = objectOf(properties.CachePolicyConfig);
  const key = objectOf(config.ParametersInCacheKeyAndForwardedToOrigin);
  const cookies = objectOf(key.CookiesConfig);
  const headers = objectOf(key.HeadersConfig);
  const query = objectOf(key.QueryStringsConfig);
  return {
    minTtl: numberOf(config.MinTTL) ?? 0,
    defaultTtl: numberOf(config.DefaultTTL) ?? 86_400,
    maxTtl: numberOf(config.MaxTTL) ?? 31_536_000,
    headers: readSelection(textOf(headers.HeaderBehavior), headers.Headers, true),
    cookies: readSelection(textOf(cookies.CookieBehavior), cookies.Cookies, false),
    query: readSelection(textOf(query.QueryStringBehavior), query.QueryStrings, false),
    gzip: flagOf(key.EnableAcceptEncodingGzip),
    brotli: flagOf(key.EnableAcceptEncodingBrotli),
  };
}

/** From `AWS::CloudFront::OriginRequestPolicy`. */
export function readOriginRequestPolicy(properties: JsonObject): OriginRequestPolicy {
  const config = objectOf(properties.OriginRequestPolicyConfig);
  const cookies = objectOf(config.CookiesConfig);
  const headers = objectOf(config.HeadersConfig);
  const query = objectOf(config.QueryStringsConfig);
  const behaviour = textOf(headers.HeaderBehavior);
  const named = readSelection('whitelist', headers.Headers, true);
  const withCloudFront = behaviour === 'allViewerAndWhitelistCloudFront';
  const cloudFrontHeaders = withCloudFront || behaviour === 'whitelist' ? named.names : NOTHING.names;
  return {
    headers: withCloudFront ? EVERYTHING : readSelection(behaviour, headers.Headers, true),
    cloudFrontHeaders: new Set([...cloudFrontHeaders].filter((name) => name.startsWith('cloudfront-'))),
    cookies: readSelection(textOf(cookies.CookieBehavior), cookies.Cookies, false),
    query: readSelection(textOf(query.QueryStringBehavior), query.QueryStrings, false),
  };
}

const DAY = 86_400;
const YEAR = 31_536_000;
const OPTIMIZED: CachePolicy = {
  minTtl: 1,
  defaultTtl: DAY,
  maxTtl: YEAR,
  headers: NOTHING,
  cookies: NOTHING,
  query: NOTHING,
  gzip: true,
  brotli: true,
};
const ORIGIN_CACHE_CONTROL: CachePolicy = {
  ...OPTIMIZED,
  minTtl: 0,
  defaultTtl: 0,
  headers: only('host', 'origin', 'x-http-method-override', 'x-http-method', 'x-method-override'),
  cookies: EVERYTHING,
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, CachePolicy> = new Map([
  // Amplify
  [
    '2e54312d-136d-493c-8eb9-b001f22f67d2',
    {
      ...OPTIMIZED,
      minTtl: 2,
      defaultTtl: 2,
      maxTtl: 600,
      headers: only('authorization', 'cloudfront-viewer-country', 'host'),
      cookies: EVERYTHING,
      query: EVERYTHING,
    },
  ],
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', OPTIMIZED],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', { ...OPTIMIZED, gzip: false, brotli: false }],
  // CachingDisabled
  [
    '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    { ...OPTIMIZED, minTtl: 0, defaultTtl: 0, maxTtl: 0, gzip: false, brotli: false },
  ],
  // Elemental-MediaPackage
  [
    '08627262-05a9-4f76-9ded-b50ca2e3a84f',
    {
      ...OPTIMIZED,
      minTtl: 0,
      headers: only('origin'),
      query: only('aws.manifestfilter', 'start', 'end', 'm'),
      brotli: false,
    },
  ],
  // UseOriginCacheControlHeaders
  ['83da9c7e-98b4-4e11-a168-04f0df8e2c65', ORIGIN_CACHE_CONTROL],
  // UseOriginCacheControlHeaders-QueryStrings
  ['4cc15a8a-d715-48a4-82b8-cc0b614638fe', { ...ORIGIN_CACHE_CONTROL, query: EVERYTHING }],
]);

const CORS_HEADERS = ['origin', 'access-control-request-headers', 'access-control-request-method'];
const CLOUDFRONT_HEADERS_2022 = [
  'forwarded-proto',
  'is-android-viewer',
  'is-desktop-viewer',
  'is-ios-viewer',
  'is-mobile-viewer',
  'is-smarttv-viewer',
  'is-tablet-viewer',
  'viewer-address',
  'viewer-country',
  'viewer-http-version',
  'viewer-tls',
].map((name) => `cloudfront-${name}`);

function origin(headers: Selection, more: Partial<OriginRequestPolicy> = {}): OriginRequestPolicy {
  return { headers, cloudFrontHeaders: NOTHING.names, cookies: NOTHING, query: NOTHING, ...more };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const MANAGED_ORIGIN_REQUEST_POLICIES: ReadonlyMap<string, OriginRequestPolicy> = new Map([
  // UserAgentRefererHeaders
  ['acba4595-bd28-49b8-b9fe-13317c0390fa', origin(only('user-agent', 'referer'))],
  // CORS-CustomOrigin
  ['59781a5b-3903-41f3-afcb-af62929ccde1', origin(only('origin'))],
  // CORS-S3Origin
  ['88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', origin(only(...CORS_HEADERS))],
  // AllViewer
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', origin(EVERYTHING, { cookies: EVERYTHING, query: EVERYTHING })],
  // Elemental-MediaTailor-PersonalizedManifests
  [
    '775133bc-15f2-49f9-abea-afb2e0bf67d2',
    origin(only(...CORS_HEADERS, 'user-agent', 'x-forwarded-for'), { query: EVERYTHING }),
  ],
  // AllViewerAndCloudFrontHeaders-2022-06
  [
    '33f36d7e-f396-46d9-90e0-52428a34d9dc',
    origin(EVERYTHING, {
      cloudFrontHeaders: new Set(CLOUDFRONT_HEADERS_2022),
      cookies: EVERYTHING,
      query: EVERYTHING,
    }),
  ],
  // AllViewerExceptHostHeader
  [
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    origin({ kind: 'except', names: new Set(['host']) }, { cookies: EVERYTHING, query: EVERYTHING }),
  ],
  // HostHeaderOnly
  ['bf0718e1-ba1e-49d1-88b1-f726733018ae', origin(only('host'))],
]);
