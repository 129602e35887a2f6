/** What may be done with a user next. */
import { changePassword } from '../../shared/contracts/auth/change-password.ts';
import { listAuditLog } from '../../shared/contracts/auth/list-audit-log.ts';
import { listSessions } from '../../shared/contracts/auth/list-sessions.ts';
import { logout } from '../../shared/contracts/auth/logout.ts';
import { logoutAll } from '../../shared/contracts/auth/logout-all.ts';
import { me } from '../../shared/contracts/auth/me.ts';
import { listUserOrders } from '../../shared/contracts/orders/list-user-orders.ts';
import { placeUserOrder } from '../../shared/contracts/orders/place-user-order.ts';
import { activateUser } from '../../shared/contracts/users/activate-user.ts';
import { deleteUser } from '../../shared/contracts/users/delete-user.ts';
import { eraseUser } from '../../shared/contracts/users/erase-user.ts';
import { getPersonalData } from '../../shared/contracts/users/get-personal-data.ts';
import { getPreferences } from '../../shared/contracts/users/get-preferences.ts';
import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { getUser } from '../../shared/contracts/users/get-user.ts';
import { replaceUser } from '../../shared/contracts/users/replace-user.ts';
import { restoreUser } from '../../shared/contracts/users/restore-user.ts';
import { setPlan } from '../../shared/contracts/users/set-plan.ts';
import { setRole } from '../../shared/contracts/users/set-role.ts';
import { suspendUser } from '../../shared/contracts/users/suspend-user.ts';
import { updateUser } from '../../shared/contracts/users/update-user.ts';
import { scopeOf } from '../../shared/permissions.ts';
import type { Actor } from '../platform/http/context.ts';
import { scopeOfActor } from '../platform/http/permission.ts';
import { links } from '../platform/http.ts';
import type { User } from './user.table.ts';
import { maySuspend } from './user.ts';

/** Whether somebody sees deleted users: who may bring them back. */
export const mayRestore = (actor: Actor) => scopeOfActor(actor, 'users:create') === 'any';

/** `state`: of the user as just read. Without it only what everybody may do with themselves is linked. */
export function userLinks(
  id: string,
  context: { actor: Actor; face: 'browser' | 'partner' },
  state?: Pick<User, 'role' | 'status'>,
) {
  const { actor } = context;
  const params = { id };
  const own = actor.id === id;
  const reachable = state !== undefined && (state.role !== 'admin' || actor.role === 'admin');
  const other = !own && reachable && state.status !== 'inactive';
  const seen = own || (state?.status !== 'inactive' && scopeOf(actor.role, 'profile:read') === 'any');
  const changeable = own || (other && scopeOf(actor.role, 'users:write') === 'any');
  const suspendable = state !== undefined && maySuspend(actor, { id, role: state.role });
  return links(context, {
    self: [getUser, params],
    me: own && [me],
    sessions: own && [listSessions],
    auditLog: own && [listAuditLog],
    changePassword: own && [changePassword],
    logout: own && [logout],
    logoutAll: own && [logoutAll],
    profile: seen && [getProfile, params],
    preferences: seen && [getPreferences, params],
    orders: (own || scopeOf(actor.role, 'orders:read') === 'any') && [listUserOrders, params],
    placeOrder: (own || (state?.status === 'active' && scopeOf(actor.role, 'orders:place') === 'any')) && [
      placeUserOrder,
      params,
    ],
    update: changeable && [updateUser, params],
    replace: changeable && [replaceUser, params],
    delete: changeable && [deleteUser, params],
    erase: (own || (reachable && scopeOf(actor.role, 'users:write') === 'any')) && [eraseUser, params],
    personalData: own && [getPersonalData, params],
    restore: reachable && state.status === 'inactive' && [restoreUser, params],
    suspend: suspendable && state.status === 'active' && [suspendUser, params],
    activate: suspendable && state.status === 'suspended' && [activateUser, params],
    role: other && state.status !== 'pending' && [setRole, params],
    plan: other && [setPlan, params],
  });
}
