/** Accounts that staff make for others. */

import type * as z from 'zod';
import { userInvited } from '../../events/users/user-invited.v1.ts';
import type { invitationFields } from '../../shared/contracts/users/invite-user.ts';
import { AppError } from '../../shared/errors.ts';
import { scopeOf } from '../../shared/permissions.ts';
import { type Db, ride } from '../platform/db.ts';
import type { Actor } from '../platform/http/context.ts';
import { accountWriting, openAccount } from './accounts.ts';
import type { User } from './user.table.ts';

export const inviting = accountWriting;
type Invitation = z.output<typeof invitationFields>;

/** The pending user of an invitation. Errors: FORBIDDEN for a role or plan that the actor can not give. */
export function invitedUser(invitation: Invitation, { id, actor, now }: { id: string; actor: Actor; now: Date }): User {
  const { email, name, username, company, role, plan } = invitation;
  if ((role !== 'user' || plan !== 'Free') && !scopeOf(actor.role, 'users:grant'))
    throw new AppError('FORBIDDEN', { details: { permission: 'users:grant' } });
  const at = now.toISOString();
  return {
    id,
    email,
    name,
    ...(username !== undefined && { username }),
    ...(company !== undefined && { company }),
    role,
    plan,
    status: 'pending',
    invitedAt: at,
    mfaEnabled: false,
    marketingConsent: false,
    createdAt: at,
    createdBy: actor.id,
    updatedAt: at,
    updatedBy: actor.id,
    version: 1,
  };
}

/** Writes the invited user with its event; the mail follows from that. */
export function invite(db: Db<{ table: typeof inviting }>, user: User) {
  return openAccount(db, user, { events: [ride(userInvited)] });
}
