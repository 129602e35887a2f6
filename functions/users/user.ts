/** The rules of users. Pure: time, ids and actor are arguments. */
import type * as z from 'zod';
import type { register } from '../../shared/contracts/auth/register.ts';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { Link } from '../../shared/contracts/list.ts';
import { avatarPaths } from '../../shared/contracts/users/avatar.ts';
import type { userSchema } from '../../shared/contracts/users/user.ts';
import { AppError } from '../../shared/errors.ts';
import type { Role } from '../../shared/permissions.ts';
import type { Plan } from '../../shared/plans.ts';
import type { User, UserStatus } from './user.table.ts';

/** Somebody who registers: pending, in the default role and plan whatever was asked for. */
export function newUser(
  input: Pick<
    ParsedInput<typeof register>['body'],
    'email' | 'name' | 'username' | 'company' | 'plan' | 'marketingConsent'
  >,
  { id, now }: { id: string; now: Date },
): User {
  const { email, name, username, company, plan, marketingConsent } = input;
  const at = now.toISOString();
  return {
    id,
    email,
    name,
    ...(username !== undefined && { username }),
    ...(company !== undefined && { company }),
    role: 'user',
    plan: 'Free',
    ...(plan !== undefined && plan !== 'Free' && { requestedPlan: plan }),
    status: 'pending',
    mfaEnabled: false,
    marketingConsent,
    acceptedTermsAt: at,
    createdAt: at,
    createdBy: id,
    updatedAt: at,
    updatedBy: id,
    version: 1,
  };
}

/** Ended sessions with one more; those whose last token has ended are forgotten. `endsAt`, `now`: epoch seconds. */
export function withRevoked(
  revoked: User['revokedSessions'],
  session: string,
  { endsAt, now }: { endsAt: number; now: number },
): Record<string, number> {
  const kept = Object.entries(revoked ?? {}).filter(([, end]) => end > now);
  return { ...Object.fromEntries(kept), [session]: endsAt };
}

/** Epoch second from which on tokens work: one issued in the very second of an ending does not. */
const nextSecond = (now: Date) => Math.floor(now.getTime() / 1_000) + 1;
type Doing = { actor: { id: string }; now: Date };
const stamped = ({ actor, now }: Doing) => ({ updatedAt: now.toISOString(), updatedBy: actor.id });

/** Whether somebody may suspend or reactivate this user. Moderators only deal with those who are neither staff nor sellers. */
export function maySuspend(actor: { id: string; role: Role }, user: { id: string; role: Role }): boolean {
  if (actor.id === user.id) return false;
  if (actor.role === 'moderator') return user.role === 'user';
  return actor.role === 'admin' || (actor.role === 'manager' && user.role !== 'admin');
}

const wrongState = (state: string, allowed: readonly string[]) =>
  new AppError('INVALID_STATE', { details: { state, allowed } });
const allowedFrom: Readonly<Record<UserStatus, readonly string[]>> = {
  pending: ['delete'],
  active: ['suspend', 'delete'],
  suspended: ['activate', 'delete'],
  inactive: ['restore'],
};

/** The user shut out: whatever tokens there are end. Errors: INVALID_STATE unless active. */
export function suspendedUser(user: User, reason: string | undefined, doing: Doing): User {
  if (user.status !== 'active') throw wrongState(user.status, allowedFrom[user.status]);
  return {
    ...user,
    ...stamped(doing),
    status: 'suspended',
    suspendedAt: doing.now.toISOString(),
    suspendedReason: reason,
    tokensValidAfter: nextSecond(doing.now),
    keptSession: undefined,
  };
}
/** The user let in again. Errors: INVALID_STATE unless suspended. */
export function activatedUser(user: User, doing: Doing): User {
  if (user.status !== 'suspended') throw wrongState(user.status, allowedFrom[user.status]);
  return { ...user, ...stamped(doing), status: 'active', suspendedAt: undefined, suspendedReason: undefined };
}
/** The invited user, whose address is now confirmed and who has accepted the terms. */
export function acceptedUser(user: User, now: Date): User {
  const at = now.toISOString();
  return {
    ...user,
    ...stamped({ actor: user, now }),
    status: 'active',
    emailVerifiedAt: at,
    acceptedTermsAt: at,
  };
}
/** The user gone, but kept: books name it, and it can come back. */
export function deletedUser(user: User, doing: Doing): User {
  return {
    ...user,
    ...stamped(doing),
    status: 'inactive',
    deletedAt: doing.now.toISOString(),
    deletedFrom: user.status,
    tokensValidAfter: nextSecond(doing.now),
    keptSession: undefined,
  };
}
/**
 * Nobody: what is left for the books to name. The picture is named until its files are deleted. Errors: INVALID_STATE for who was erased
 * before.
 */
export function erasedUser(user: User, doing: Doing): User {
  if (user.erasedAt !== undefined) throw wrongState('erased', []);
  const { id, role, plan, avatar, createdAt, createdBy, version } = user;
  const at = doing.now.toISOString();
  return {
    id,
    email: `${id.toLowerCase()}@erased.invalid`,
    name: 'Erased user',
    role,
    plan,
    ...(avatar !== undefined && { avatar }),
    status: 'inactive',
    mfaEnabled: false,
    marketingConsent: false,
    createdAt,
    createdBy,
    ...stamped(doing),
    deletedAt: user.deletedAt ?? at,
    erasedAt: at,
    tokensValidAfter: nextSecond(doing.now),
    version,
  };
}
/** The user as before the deletion. Errors: INVALID_STATE unless deleted. */
export function restoredUser(user: User, doing: Doing): User {
  if (user.erasedAt !== undefined) throw wrongState('erased', []);
  if (user.deletedAt === undefined) throw wrongState(user.status, allowedFrom[user.status]);
  const status = user.deletedFrom ?? 'active';
  return { ...user, ...stamped(doing), status, deletedAt: undefined, deletedFrom: undefined };
}
/** Errors: FORBIDDEN for one's own role, INVALID_STATE for who has not confirmed the address yet. */
export function withRole(user: User, role: Role, doing: Doing): User {
  if (user.id === doing.actor.id) throw new AppError('FORBIDDEN', { message: 'Nobody sets their own role.' });
  if (user.status === 'pending') throw wrongState(user.status, allowedFrom[user.status]);
  return { ...user, ...stamped(doing), role };
}
/** Errors: FORBIDDEN for one's own plan. */
export function withPlan(user: User, plan: Plan, doing: Doing): User {
  if (user.id === doing.actor.id) throw new AppError('FORBIDDEN', { message: 'Nobody sets their own plan.' });
  return { ...user, ...stamped(doing), plan };
}
type Fields = Partial<Pick<User, 'name' | 'marketingConsent'>> & { company?: string | null; username?: string | null };
/** With the fields that are given; null takes one away. The very same user when nothing changes. */
export function withFields(user: User, fields: Fields, doing: Doing): User {
  const changed = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && (value ?? undefined) !== user[name as keyof User],
  );
  if (changed.length === 0) return user;
  return {
    ...user,
    ...stamped(doing),
    ...Object.fromEntries(changed.map(([name, value]) => [name, value ?? undefined])),
  };
}

/** The user as the API shows it. */
export function userView(user: User, _links: Record<string, Link>): z.input<typeof userSchema> {
  const { id, email, username, name, company, avatar, role, plan, status, emailVerifiedAt, lastLoginAt } = user;
  const { mfaEnabled, marketingConsent, acceptedTermsAt, createdAt, updatedAt, version } = user;
  const { invitedAt, suspendedAt, suspendedReason, deletedAt } = user;
  return {
    id,
    email,
    username,
    name,
    company,
    avatar: avatar === undefined ? undefined : avatarPaths(avatar),
    role,
    plan,
    status,
    emailVerifiedAt,
    lastLoginAt,
    mfaEnabled,
    marketingConsent,
    acceptedTermsAt,
    invitedAt,
    suspendedAt,
    suspendedReason,
    deletedAt,
    createdAt,
    updatedAt,
    version,
    _links,
  };
}
