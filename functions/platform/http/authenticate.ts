/**
 * Authentication: API key on the partner face, session cookie or bearer token on the browser face. Every reason to refuse
 * looks the same from outside.
 */
import { AppError } from '../../../shared/errors.ts';
import { actorOfKey, actorOfToken, isUsable, type VerifyToken } from '../authentication.ts';
import type { Actor } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { HttpMiddleware } from './middleware.ts';

/** Cookie that holds the access token. */
export const ACCESS_COOKIE = '__Host-mewayz-access';

export function authentication(required: boolean, verify: () => VerifyToken): HttpMiddleware {
  return {
    async before({ event: exchange }) {
      const actor = exchange.face === 'partner' ? await byApiKey(exchange) : await byToken(exchange, verify);
      if (!actor) {
        if (required) throw new AppError('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer' } });
        return;
      }
      exchange.actor = actor;
      exchange.writeContext.actor = { id: actor.id, type: actor.via === 'api-key' ? 'api-key' : 'user' };
      exchange.lap('auth');
    },
  };
}

async function byApiKey(exchange: Exchange): Promise<Actor | undefined> {
  const gatewayKeyId = exchange.event.requestContext.identity.apiKeyId;
  if (!gatewayKeyId || !exchange.contract.partner) return undefined;
  const key = await exchange.db['http:apiKeys'].get({ gatewayKeyId });
  if (!isUsable(key, exchange.now)) return undefined;
  exchange.user = await exchange.db['http:users'].get({ id: key.userId }, { consistent: true });
  return actorOfKey(exchange.user, key);
}

/** The access token that came along, whatever it is worth. */
export function accessTokenOf(exchange: Exchange): string | undefined {
  const { authorization } = exchange.headers;
  return authorization === undefined ? exchange.cookies[ACCESS_COOKIE] : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}

async function byToken(exchange: Exchange, verify: () => VerifyToken): Promise<Actor | undefined> {
  const token = accessTokenOf(exchange);
  if (!token) return undefined;
  const claims = verify()(token);
  if (!claims) return undefined;
  // Consistent, so that a suspension or a sign-out acts on the very next request.
  exchange.user = await exchange.db['http:users'].get({ id: claims.userId }, { consistent: true });
  return actorOfToken(exchange.user, claims);
}
