/** What may be done with a user next. */
import { listSessions } from '../../shared/contracts/auth/list-sessions.ts';
import { logout } from '../../shared/contracts/auth/logout.ts';
import { logoutAll } from '../../shared/contracts/auth/logout-all.ts';
import { me } from '../../shared/contracts/auth/me.ts';
import { getUser } from '../../shared/contracts/users/get-user.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';

export function userLinks(id: string, context: { actor: Actor; face: 'browser' | 'partner' }) {
  const own = context.actor.id === id;
  return links(context, {
    self: [getUser, { id }],
    me: own && [me],
    sessions: own && [listSessions],
    logout: own && [logout],
    logoutAll: own && [logoutAll],
  });
}
