/** Makes an account that can sign in at once, in any role: the operator's way in, on AWS and on one machine. */

import { createIdentity } from '../functions/platform/cognito.ts';
import { createDb } from '../functions/platform/dynamo.ts';
import { environmentNames } from '../functions/platform/env.ts';
import {
  accountFinding,
  accountOpening,
  findByEmail,
  newUser,
  openAccount,
  type User,
} from '../functions/users/accounts.ts';
import { administratorCounting, countAdministrator } from '../functions/users/administrators.ts';
import { isCommonPassword } from '../shared/common-passwords.ts';
import { newId } from '../shared/ids.ts';
import { brokenPasswordRules, passwordRules } from '../shared/password.ts';
import type { Role } from '../shared/permissions.ts';
import type { Plan } from '../shared/plans.ts';

/** Where the platform is deployed: from its stacks' outputs. Credentials and region come from the environment, as for the AWS CLI. */
export interface Deployment {
  tableName: string;
  userPoolId: string;
  userPoolClientId: string;
}
export interface NewAccount {
  email: string;
  name: string;
  password: string;
  role: Role;
  plan?: Plan;
}

/** Outputs as `cdk deploy --outputs-file` writes them → what operator commands need. Throws when one is missing. */
export function deploymentOf(outputs: Record<string, Record<string, string>>): Deployment {
  const find = (key: string) => {
    const value = Object.values(outputs).find((stack) => stack[key] !== undefined)?.[key];
    if (value === undefined) throw new Error(`The outputs have no ${key}: are they of a whole deployment of Mewayz?`);
    return value;
  };
  return { tableName: find('TableName'), userPoolId: find('UserPoolId'), userPoolClientId: find('UserPoolClientId') };
}

const access = {
  table: { ...accountFinding, ...accountOpening, ...administratorCounting },
  identity: ['AdminAddUserToGroup', 'AdminCreateUser', 'AdminDeleteUser', 'AdminSetUserPassword'],
} as const;

/** Answers the id of the account, whether it is new or was there already. Throws Error with what is wrong with the input. */
export async function createAccount(
  deployment: Deployment,
  account: NewAccount,
  now = new Date(),
): Promise<{ id: string; isNew: boolean }> {
  const broken = brokenPasswordRules(account.password, account.email, isCommonPassword);
  if (broken.length > 0) throw new Error(`The password ${broken.map((rule) => passwordRules[rule]).join(', ')}.`);
  process.env[environmentNames.tableName] = deployment.tableName;
  process.env[environmentNames.userPoolId] = deployment.userPoolId;
  process.env[environmentNames.userPoolClientId] = deployment.userPoolClientId;

  const id = newId('user', now);
  const db = createDb(access, {
    actor: { id: 'system', type: 'system' },
    correlationId: `operator-${id}`,
    now: () => now,
  });
  const existing = await findByEmail(db, account.email);
  if (existing) return { id: existing.id, isNew: false };

  const identity = createIdentity();
  const { email, name, password, role, plan = 'Free' } = account;
  if ((await identity.createConfirmed({ id, email, password })) === 'password-refused') {
    throw new Error('The user pool does not accept this password.');
  }
  await identity.addToGroup(id, role);
  const user = newUser(
    { email, name, marketingConsent: false, username: undefined, company: undefined, plan: undefined },
    { id, now },
  );
  const active: User = { ...user, role, plan, status: 'active', emailVerifiedAt: now.toISOString() };
  const outcome = await openAccount(db, active, { also: countAdministrator(db, undefined, active) });
  if (outcome !== 'opened') {
    // Somebody registered the address meanwhile: the user that was just made in the pool belongs to nobody.
    await identity.deleteUser(id);
    throw new Error(`${email} was registered a moment ago. Nothing was changed.`);
  }
  return { id, isNew: true };
}
