/** The rules of users. Pure: time, ids and actor are arguments. */
import type * as z from 'zod';
import type { register } from '../../shared/contracts/auth/register.ts';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { Link } from '../../shared/contracts/list.ts';
import type { userSchema } from '../../shared/contracts/users/user.ts';
import type { User } from './user.table.ts';

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

/** The user as the API shows it. */
export function userView(user: User, _links: Record<string, Link>): z.input<typeof userSchema> {
  const { id, email, username, name, company, role, plan, status, emailVerifiedAt, lastLoginAt } = user;
  const { mfaEnabled, marketingConsent, acceptedTermsAt, createdAt, updatedAt, version } = user;
  return {
    id,
    email,
    username,
    name,
    company,
    role,
    plan,
    status,
    emailVerifiedAt,
    lastLoginAt,
    mfaEnabled,
    marketingConsent,
    acceptedTermsAt,
    createdAt,
    updatedAt,
    version,
    _links,
  };
}
