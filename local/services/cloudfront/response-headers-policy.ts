/** Response headers policies: what CloudFront adds to, replaces in and removes from a response on its way to the viewer. */
import type { EdgeResponse, Json, JsonObject } from '../../types.ts';
import { flagOf, listOf, numberOf, objectOf, textOf, textsOf } from '../edge/properties.ts';

interface PolicyHeader {
  /** Lower case. */
  name: string;
  value: string;
  /** Whether it replaces the origin's header. */
  override: boolean;
}

interface CorsPolicy {
  origins: string[];
  methods: string[];
  headers: string[];
  expose: string[];
  credentials: boolean;
  maxAge: number | undefined;
  override: boolean;
}

export interface ResponseHeadersPolicy {
  headers: PolicyHeader[];
  remove: string[];
  cors: CorsPolicy | undefined;
}

/** What of the viewer's request decides about CORS headers. */
export interface CorsRequest {
  origin: string | undefined;
  isPreflight: boolean;
}

const BUCKET_ORIGIN = /https:\/\/[a-z0-9][a-z0-9.-]*\.s3[.-][a-z0-9-]+\.amazonaws\.com(?![\w.-])/g;

/**
 * From `AWS::CloudFront::ResponseHeadersPolicy`. Where a content security policy names a bucket's own address, it names `endpoint` here,
 * which stands in for it.
 */
export function readResponseHeadersPolicy(properties: JsonObject, endpoint: string): ResponseHeadersPolicy {
  const config = objectOf(properties.ResponseHeadersPolicyConfig);
  const custom = listOf(objectOf(config.CustomHeadersConfig).Items).map((item) => {
    const { Header, Value, Override } = objectOf(item);
    return { name: (textOf(Header) ?? '').toLowerCase(), value: textOf(Value) ?? '', override: flagOf(Override) };
  });
  return {
    headers: [...readSecurityHeaders(objectOf(config.SecurityHeadersConfig)), ...custom].map((header) =>
      header.name === 'content-security-policy'
        ? { ...header, value: header.value.replaceAll(BUCKET_ORIGIN, endpoint) }
        : header,
    ),
    remove: listOf(objectOf(config.RemoveHeadersConfig).Items).map((item) =>
      (textOf(objectOf(item).Header) ?? '').toLowerCase(),
    ),
    cors: config.CorsConfig === undefined ? undefined : readCors(objectOf(config.CorsConfig)),
  };
}

function readSecurityHeaders(config: JsonObject): PolicyHeader[] {
  const headers: PolicyHeader[] = [];
  const add = (name: string, declared: Json | undefined, value: (settings: JsonObject) => string) => {
    if (declared === undefined) return;
    const settings = objectOf(declared);
    headers.push({ name, value: value(settings), override: flagOf(settings.Override) });
  };
  add('content-security-policy', config.ContentSecurityPolicy, (it) => textOf(it.ContentSecurityPolicy) ?? '');
  add('x-content-type-options', config.ContentTypeOptions, () => 'nosniff');
  add('x-frame-options', config.FrameOptions, (it) => textOf(it.FrameOption) ?? 'DENY');
  add('referrer-policy', config.ReferrerPolicy, (it) => textOf(it.ReferrerPolicy) ?? '');
  add('strict-transport-security', config.StrictTransportSecurity, (it) => {
    const subdomains = flagOf(it.IncludeSubdomains) ? '; includeSubDomains' : '';
    return `max-age=${numberOf(it.AccessControlMaxAgeSec) ?? 0}${subdomains}${flagOf(it.Preload) ? '; preload' : ''}`;
  });
  add('x-xss-protection', config.XSSProtection, (it) => {
    if (!flagOf(it.Protection)) return '0';
    const report = textOf(it.ReportUri);
    return `1${flagOf(it.ModeBlock) ? '; mode=block' : ''}${report ? `; report=${report}` : ''}`;
  });
  return headers;
}

function readCors(config: JsonObject): CorsPolicy {
  const items = (declared: Json | undefined) => textsOf(objectOf(declared).Items);
  return {
    origins: items(config.AccessControlAllowOrigins),
    methods: items(config.AccessControlAllowMethods),
    headers: items(config.AccessControlAllowHeaders),
    expose: items(config.AccessControlExposeHeaders),
    credentials: flagOf(config.AccessControlAllowCredentials),
    maxAge: numberOf(config.AccessControlMaxAgeSec),
    override: flagOf(config.OriginOverride),
  };
}

/** Changes the response's headers in place. */
export function applyResponseHeadersPolicy(
  policy: ResponseHeadersPolicy,
  request: CorsRequest,
  headers: EdgeResponse['headers'],
): void {
  for (const name of policy.remove) delete headers[name];
  for (const { name, value, override } of policy.headers) {
    if (override || headers[name] === undefined) headers[name] = value;
  }
  if (policy.cors && request.origin !== undefined) applyCors(policy.cors, request.origin, request.isPreflight, headers);
}

function applyCors(cors: CorsPolicy, origin: string, isPreflight: boolean, headers: EdgeResponse['headers']): void {
  const own = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  if (own.length > 0 && !cors.override) return;
  for (const name of own) delete headers[name];
  const any = cors.origins.includes('*');
  if (!any && !cors.origins.some((allowed) => matchesOrigin(allowed, origin))) return;
  headers['access-control-allow-origin'] = any ? '*' : origin;
  if (!any) headers.vary = headers.vary === undefined ? 'Origin' : `${String(headers.vary)}, Origin`;
  if (cors.credentials) headers['access-control-allow-credentials'] = 'true';
  if (cors.expose.length > 0) headers['access-control-expose-headers'] = cors.expose.join(', ');
  if (!isPreflight) return;
  const methods = cors.methods.includes('ALL')
    ? ['GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
    : cors.methods;
  headers['access-control-allow-methods'] = methods.join(', ');
  if (cors.headers.length > 0) headers['access-control-allow-headers'] = cors.headers.join(', ');
  if (cors.maxAge !== undefined) headers['access-control-max-age'] = String(cors.maxAge);
}

/** `https://*.example.com` stands for any subdomain; without a scheme both schemes match. */
function matchesOrigin(allowed: string, origin: string): boolean {
  const full = allowed.includes('://') ? allowed : `http?://${allowed}`;
  const pattern = full
    .replace(/[.+^$(){}|[\]\\]/g, '\\$&')
    .replace('http?', 'https?')
    .replaceAll('*', '[^/]*');
  return new RegExp(`^${pattern}$`).test(origin);
}

const SECURITY: PolicyHeader[] = [
  { name: 'referrer-policy', value: 'strict-origin-when-cross-origin', override: false },
  { name: 'strict-transport-security', value: 'max-age=31536000', override: false },
  { name: 'x-content-type-options', value: 'nosniff', override: true },
  { name: 'x-frame-options', value: 'SAMEORIGIN', override: false },
  { name: 'x-xss-protection', value: '1; mode=block', override: false },
];
const SIMPLE_CORS: CorsPolicy = {
  origins: ['*'],
  methods: [],
  headers: [],
  expose: [],
  credentials: false,
  maxAge: undefined,
  override: false,
};
const PREFLIGHT_CORS: CorsPolicy = { ...SIMPLE_CORS, methods: ['ALL'], expose: ['*'] };

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const MANAGED_RESPONSE_HEADERS_POLICIES: ReadonlyMap<string, ResponseHeadersPolicy> = new Map([
  // SimpleCORS
  ['60669652-455b-4ae9-85a4-c4c02393f86c', { headers: [], remove: [], cors: SIMPLE_CORS }],
  // CORS-With-Preflight
  ['5cc3b908-e619-4b99-88e5-2cf7f45965bd', { headers: [], remove: [], cors: PREFLIGHT_CORS }],
  // SecurityHeadersPolicy
  ['67f7725c-6f97-4210-82d7-5512b31e9d03', { headers: SECURITY, remove: [], cors: undefined }],
  // CORS-and-SecurityHeadersPolicy
  ['e61eb60c-9c35-4d20-a928-2b84e02af89c', { headers: SECURITY, remove: [], cors: SIMPLE_CORS }],
  // CORS-with-preflight-and-SecurityHeadersPolicy
  ['eaab4381-ed33-4a86-88ca-d9558dc6cd63', { headers: SECURITY, remove: [], cors: PREFLIGHT_CORS }],
]);
