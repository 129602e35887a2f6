/** Every area's functions. Read by infrastructure, generators and tests; never by functions. */
import * as admin from './admin/registry.ts';
import * as analytics from './analytics/registry.ts';
import * as audit from './audit/registry.ts';
import * as auth from './auth/registry.ts';
import * as deployment from './deployment/registry.ts';
import * as identity from './identity/registry.ts';
import * as messaging from './messaging/registry.ts';
import * as notifications from './notifications/registry.ts';
import * as orders from './orders/registry.ts';
import * as products from './products/registry.ts';
import * as system from './system/registry.ts';
import * as users from './users/registry.ts';

export const areas = {
  admin,
  analytics,
  audit,
  auth,
  deployment,
  identity,
  messaging,
  notifications,
  orders,
  products,
  system,
  users,
} as const;
