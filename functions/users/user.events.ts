/** What events say of a user: ids only, nothing personal, because the archive keeps them. */
import { userLoggedIn } from '../../events/users/user-logged-in.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { userVerified } from '../../events/users/user-verified.v1.ts';
import { eventSource } from '../platform/event-data.ts';
import { users } from './user.table.ts';

export const userEvents = eventSource(
  users,
  (user) => user.id,
  (on) => [
    on(userRegistered, ({ id, role, plan, marketingConsent }) => ({ userId: id, role, plan, marketingConsent })),
    on(userVerified, ({ id }) => ({ userId: id })),
    on(userLoggedIn, ({ id, lastLoginAt }) => ({ userId: id, at: lastLoginAt })),
  ],
);
