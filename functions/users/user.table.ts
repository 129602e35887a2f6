/** How users are kept: the user itself, and the guards that make e-mail addresses and usernames unique. */
import type { Role } from '../../shared/permissions.ts';
import type { Plan } from '../../shared/plans.ts';
import { entity } from '../platform/entity.ts';

export const userStatuses = ['pending', 'active', 'suspended', 'inactive'] as const;
export type UserStatus = (typeof userStatuses)[number];

export interface User {
  /** `usr_…`; also the username in the user pool. */
  id: string;
  email: string;
  username?: string;
  name: string;
  company?: string;
  /** Id of the upload that the picture was made from. */
  avatar?: string;
  role: Role;
  plan: Plan;
  /** What was asked for at registration. Grants nothing. */
  requestedPlan?: Plan;
  status: UserStatus;
  emailVerifiedAt?: string;
  lastLoginAt?: string;
  mfaEnabled: boolean;
  /** The role asks for a second factor that is not set up yet: nothing else can be done before. */
  mustEnrol?: true;
  marketingConsent: boolean;
  /** Not before an invitation is accepted. */
  acceptedTermsAt?: string;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  deletedAt?: string;
  /** What was personal is gone for good: this user only stands for the books. */
  erasedAt?: string;
  /** Of a deleted user: the state to which it is restored. */
  deletedFrom?: UserStatus;
  suspendedAt?: string;
  /** Why, in the words of who suspended; staff read it. */
  suspendedReason?: string;
  /** Made by staff: such a user confirms the address by the password that was mailed. */
  invitedAt?: string;
  version: number;
  /** Epoch second: tokens of sign-ins before it do not work, however often they were refreshed since. */
  tokensValidAfter?: number;
  /** The one session (`origin_jti`) that `tokensValidAfter` spared: the one that ended all others. */
  keptSession?: string;
  /** Ended sessions (`origin_jti`) → epoch second after which none of their tokens can live. */
  revokedSessions?: Record<string, number>;
  /** Hash of the code that confirmed the address: the same code again is a repeat, not a wrong code. */
  confirmedWith?: string;
}

export const users = entity<User>()({
  name: 'User',
  partition: 'USER',
  describes: 'Somebody who can sign in',
  keyShape: 'USER#<id> / USER',
  key: (k: { id: string }) => ({ pk: `USER#${k.id}`, sk: 'USER' }),
  keyOf: (user) => ({ id: user.id }),
  patterns: {},
});

/** Holds a name for one user. */
export interface NameGuard {
  name: string;
  userId: string;
  /** Epoch second at which a reservation without a user ends. */
  expires?: number;
}

export const userEmails = entity<NameGuard>()({
  name: 'UserEmail',
  partition: 'USEREMAIL',
  describes: 'Guard: an e-mail address belongs to one user',
  keyShape: 'USEREMAIL#<address, lower case> / USEREMAIL',
  key: (k: { name: string }) => ({ pk: `USEREMAIL#${k.name.toLowerCase()}`, sk: 'USEREMAIL' }),
  keyOf: (guard) => ({ name: guard.name }),
  patterns: {},
});

export const usernames = entity<NameGuard>()({
  name: 'Username',
  partition: 'USERNAME',
  describes: 'Guard: a username belongs to one user',
  keyShape: 'USERNAME#<username, lower case> / USERNAME',
  key: (k: { name: string }) => ({ pk: `USERNAME#${k.name.toLowerCase()}`, sk: 'USERNAME' }),
  keyOf: (guard) => ({ name: guard.name }),
  expires: 'expires',
  patterns: {},
});
