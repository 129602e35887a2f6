/** CORS as an HTTP API does it itself: preflights are answered, and what the function says about CORS is replaced. */
import type { EdgeRequest, EdgeResponse } from '../../types.ts';
import { headerText } from '../apigateway/proxy-request.ts';
import type { CorsConfiguration } from './http-api-definition.ts';

/** The answer to a preflight; undefined when the request is none. */
export function answerPreflight(cors: CorsConfiguration, request: EdgeRequest): EdgeResponse | undefined {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (!isPreflight || request.headers.origin === undefined) return undefined;
  const headers: EdgeResponse['headers'] = {};
  const origin = allowedOrigin(cors, headerText(request.headers, 'origin'));
  if (origin !== undefined) {
    headers['access-control-allow-origin'] = origin;
    if (cors.allowMethods.length > 0) headers['access-control-allow-methods'] = cors.allowMethods.join(',');
    if (cors.allowHeaders.length > 0) headers['access-control-allow-headers'] = cors.allowHeaders.join(',');
    if (cors.maxAge !== undefined) headers['access-control-max-age'] = String(cors.maxAge);
    if (cors.allowCredentials) headers['access-control-allow-credentials'] = 'true';
  }
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** Puts the API's CORS headers in the place of the function's. */
export function applyCors(cors: CorsConfiguration, request: EdgeRequest, response: EdgeResponse): void {
  for (const name of Object.keys(response.headers)) {
    if (name.startsWith('access-control-')) delete response.headers[name];
  }
  const origin = allowedOrigin(cors, headerText(request.headers, 'origin'));
  if (origin === undefined) return;
  response.headers['access-control-allow-origin'] = origin;
  if (cors.allowCredentials) response.headers['access-control-allow-credentials'] = 'true';
  if (cors.exposeHeaders.length > 0) response.headers['access-control-expose-headers'] = cors.exposeHeaders.join(',');
}

function allowedOrigin(cors: CorsConfiguration, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  for (const allowed of cors.allowOrigins) {
    if (allowed === '*') return '*';
    const matches = allowed.endsWith('://*') ? origin.startsWith(allowed.slice(0, -1)) : origin === allowed;
    if (matches) return origin;
  }
  return undefined;
}
