/** Every event of the platform. Read by infrastructure, generators and tests; never by functions. */
import type { EventDeclaration } from './event.ts';
import { orderCancelled } from './orders/order-cancelled.v1.ts';
import { orderPlaced } from './orders/order-placed.v1.ts';
import { productArchived } from './products/product-archived.v1.ts';
import { productCreated } from './products/product-created.v1.ts';
import { productUpdated } from './products/product-updated.v1.ts';
import { stockLow } from './products/stock-low.v1.ts';
import { mfaDisabled } from './users/mfa-disabled.v1.ts';
import { mfaEnabled } from './users/mfa-enabled.v1.ts';
import { passwordChanged } from './users/password-changed.v1.ts';
import { suspiciousLogin } from './users/suspicious-login.v1.ts';
import { userActivated } from './users/user-activated.v1.ts';
import { userDeleted } from './users/user-deleted.v1.ts';
import { userInvited } from './users/user-invited.v1.ts';
import { userLoggedIn } from './users/user-logged-in.v1.ts';
import { userPlanChanged } from './users/user-plan-changed.v1.ts';
import { userRegistered } from './users/user-registered.v1.ts';
import { userRestored } from './users/user-restored.v1.ts';
import { userRoleChanged } from './users/user-role-changed.v1.ts';
import { userSuspended } from './users/user-suspended.v1.ts';
import { userUpdated } from './users/user-updated.v1.ts';
import { userVerified } from './users/user-verified.v1.ts';

export const events: readonly EventDeclaration[] = [
  userRegistered,
  userVerified,
  userLoggedIn,
  userInvited,
  userUpdated,
  userSuspended,
  userActivated,
  userDeleted,
  userRestored,
  userRoleChanged,
  userPlanChanged,
  passwordChanged,
  mfaEnabled,
  mfaDisabled,
  suspiciousLogin,
  productCreated,
  productUpdated,
  productArchived,
  stockLow,
  orderPlaced,
  orderCancelled,
];
