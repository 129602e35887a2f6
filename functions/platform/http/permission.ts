/** Permission: what the contract asks for against what the role, and the API key's scopes, give. */
import { AppError } from '../../../shared/errors.ts';
import { type Permission, type Scope, scopeOf } from '../../../shared/permissions.ts';
import type { Actor } from './context.ts';
import type { HttpMiddleware } from './middleware.ts';

/** The scope in which the actor holds the permission; undefined when not at all. */
export function scopeOfActor(actor: Actor, permission: Permission): Scope | undefined {
  if (actor.scopes && !actor.scopes.includes(permission)) return undefined;
  return scopeOf(actor.role, permission);
}

/** `whileEnrolling`: also for who must set up a second factor before anything else. */
export function permission(needed: Permission, whileEnrolling: boolean): HttpMiddleware {
  return {
    before({ event: exchange }) {
      if (exchange.user?.mustEnrol && !whileEnrolling) throw new AppError('MFA_REQUIRED', { details: { enrol: true } });
      const scope = exchange.actor && scopeOfActor(exchange.actor, needed);
      if (!scope) throw new AppError('FORBIDDEN', { details: { permission: needed } });
      exchange.scope = scope;
    },
  };
}
