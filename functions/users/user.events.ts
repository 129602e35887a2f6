/** What events say of a user: ids only, nothing personal, because the archive keeps them. */
import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { mfaEnabled } from '../../events/users/mfa-enabled.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import { userActivated } from '../../events/users/user-activated.v1.ts';
import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { userInvited } from '../../events/users/user-invited.v1.ts';
import { userLoggedIn } from '../../events/users/user-logged-in.v1.ts';
import { userPlanChanged } from '../../events/users/user-plan-changed.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { userRestored } from '../../events/users/user-restored.v1.ts';
import { userRoleChanged } from '../../events/users/user-role-changed.v1.ts';
import { userSuspended } from '../../events/users/user-suspended.v1.ts';
import { userUpdated } from '../../events/users/user-updated.v1.ts';
import { userVerified } from '../../events/users/user-verified.v1.ts';
import { eventSource } from '../platform/event-data.ts';
import { users } from './user.table.ts';

export const userEvents = eventSource(
  users,
  (user) => user.id,
  (on) => [
    on(userRegistered, ({ id, role, plan, marketingConsent }) => ({ userId: id, role, plan, marketingConsent })),
    on(userVerified, ({ id }) => ({ userId: id })),
    on(userInvited, ({ id }) => ({ userId: id })),
    on(userUpdated, ({ id }) => ({ userId: id })),
    on(userSuspended, ({ id }) => ({ userId: id })),
    on(userActivated, ({ id }) => ({ userId: id })),
    on(userDeleted, ({ id }) => ({ userId: id })),
    on(userRestored, ({ id }) => ({ userId: id })),
    on(userRoleChanged, ({ id, role }) => ({ userId: id, to: role })),
    on(userPlanChanged, ({ id, plan }) => ({ userId: id, to: plan })),
    on(mfaEnabled, ({ id }) => ({ userId: id })),
    on(mfaDisabled, ({ id }) => ({ userId: id })),
    on(suspiciousLogin, ({ id }) => ({ userId: id })),
    on(passwordChanged, ({ id }) => ({ userId: id })),
    on(userLoggedIn, ({ id, lastLoginAt }) => ({ userId: id, at: lastLoginAt })),
  ],
);
