/** Replies that API Gateway gives by itself, in the platform's own envelope. */
import { type ErrorCode, errorTable } from '../shared/errors.ts';

interface GatewayReply {
  /** API Gateway's name for the case. */
  readonly type: string;
  readonly code: ErrorCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** API Gateway's own status stays, because the type stands for several. */
  readonly keepStatus?: true;
}

/** Every case that can arise on the partner face before a function is asked. */
const gatewayReplies: readonly GatewayReply[] = [
  { type: 'INVALID_API_KEY', code: 'UNAUTHENTICATED' },
  { type: 'MISSING_AUTHENTICATION_TOKEN', code: 'ROUTE_NOT_FOUND' },
  { type: 'RESOURCE_NOT_FOUND', code: 'ROUTE_NOT_FOUND' },
  { type: 'THROTTLED', code: 'RATE_LIMITED', headers: { 'Retry-After': '1' } },
  { type: 'QUOTA_EXCEEDED', code: 'RATE_LIMITED', headers: { 'Retry-After': '3600' } },
  { type: 'REQUEST_TOO_LARGE', code: 'PAYLOAD_TOO_LARGE' },
  { type: 'UNSUPPORTED_MEDIA_TYPE', code: 'UNSUPPORTED_MEDIA_TYPE' },
  { type: 'BAD_REQUEST_BODY', code: 'MALFORMED_BODY' },
  { type: 'BAD_REQUEST_PARAMETERS', code: 'VALIDATION_ERROR' },
  { type: 'ACCESS_DENIED', code: 'FORBIDDEN' },
  { type: 'WAF_FILTERED', code: 'FORBIDDEN' },
  { type: 'INTEGRATION_FAILURE', code: 'SERVICE_UNAVAILABLE' },
  { type: 'INTEGRATION_TIMEOUT', code: 'SERVICE_UNAVAILABLE' },
  { type: 'DEFAULT_4XX', code: 'VALIDATION_ERROR', keepStatus: true },
  { type: 'DEFAULT_5XX', code: 'INTERNAL_ERROR', keepStatus: true },
];

/**
 * Body template of a gateway response. API Gateway knows the request's time only in the common log format, so `timestamp` is in it
 * here and nowhere else.
 */
function envelopeTemplate(code: ErrorCode): string {
  return JSON.stringify({
    success: false,
    error: { code, message: errorTable[code].message, docs: `/v1/errors/${code}` },
    timestamp: '$context.requestTime',
    requestId: '$context.requestId',
  });
}

/** `x-amazon-apigateway-gateway-responses`. In the body of the API, since an import of the body drops what stands outside it. */
export function gatewayResponses(): Record<string, object> {
  return Object.fromEntries(
    gatewayReplies.map(({ type, code, headers, keepStatus }) => [
      type,
      {
        ...(keepStatus ? {} : { statusCode: errorTable[code].status }),
        responseParameters: Object.fromEntries(
          Object.entries({ 'Cache-Control': 'no-store', ...headers }).map(([name, value]) => [
            `gatewayresponse.header.${name}`,
            `'${value}'`,
          ]),
        ),
        responseTemplates: { 'application/json': envelopeTemplate(code) },
      },
    ]),
  );
}
