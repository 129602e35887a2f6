/** The outermost concern: what is true of every request is checked first, and what every reply owes is added last. */
import { hash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { apiVersionOf } from './api-version.ts';
import { codingFor, compress } from './compression.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { ApiReply, Exchange, Outcome } from './exchange.ts';
import type { HttpMiddleware } from './middleware.ts';
import { negotiate } from './negotiation.ts';
import { generalPolicies } from './rate-limit.ts';
import { corsHeaders, deprecationHeaders, securityHeaders } from './reply-headers.ts';
import type { HttpSettings } from './settings.ts';

export function requestContext(settings: HttpSettings): HttpMiddleware {
  const finish = async (request: { event: Exchange; response: Outcome | ApiReply }) => {
    request.response = await packed(request.event, request.response as Outcome, settings);
  };
  return {
    before({ event: exchange }) {
      checkOrigin(exchange, settings.originSecret);
      exchange.replyHeaders['api-version'] = apiVersionOf(exchange.headers['api-version']);
      exchange.representation = negotiate(exchange.contract, exchange.headers.accept);
      refuseCrossSite(exchange, settings.origins[0] as string);
    },
    after: finish,
    onError: finish,
  };
}

/**
 * The HTTP API has an address of its own; only requests that came through CloudFront, past its firewall, know the secret.
 * Errors: FORBIDDEN.
 */
function checkOrigin(exchange: Exchange, secret: string | undefined): void {
  if (exchange.face !== 'browser' || secret === undefined) return;
  const given = exchange.headers['x-origin-secret'] ?? '';
  // Equal lengths, so that the comparison takes the same time for any guess.
  if (!timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', secret, 'buffer'))) {
    throw new AppError('FORBIDDEN', { message: 'Call the API at its public address.' });
  }
  exchange.behindEdge = true;
}

async function packed(exchange: Exchange, outcome: Outcome, settings: HttpSettings): Promise<ApiReply> {
  const coding = codingFor(exchange, outcome);
  const { status, headers, cookies, body } = coding ? await compress(outcome, coding) : outcome;
  const elapsed = exchange.elapsedMs;
  const isText = typeof body === 'string';
  const withoutBody = exchange.event.httpMethod === 'HEAD' || status === 204 || status === 304;
  return {
    statusCode: status,
    headers: {
      'cache-control': 'no-store',
      ...securityHeaders,
      ...deprecationHeaders(exchange.contract),
      ...exchange.replyHeaders,
      'ratelimit-policy': [exchange.replyHeaders['ratelimit-policy'], generalPolicies(exchange)]
        .filter(Boolean)
        .join(', '),
      ...(exchange.face === 'browser' ? corsHeaders(exchange.headers.origin, settings.origins) : undefined),
      vary: 'Accept, Accept-Encoding, Authorization, Cookie, Origin',
      ...headers,
      'x-request-id': exchange.requestId,
      'x-correlation-id': exchange.correlationId,
      'x-response-time': `${elapsed.toFixed(1)}ms`,
      'server-timing': exchange.serverTiming(elapsed),
    },
    multiValueHeaders: cookies.length > 0 ? { 'set-cookie': [...cookies] } : {},
    body: withoutBody ? '' : isText ? body : body.toString('base64'),
    isBase64Encoded: !isText && !withoutBody,
  };
}
