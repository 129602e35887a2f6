/** People of every role on a running platform, made by the operator's command and signed in. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { users } from '../../functions/users/user.table.ts';
import { createAccount, type Deployment, deploymentOf } from '../../scripts/create-account.ts';
import { login } from '../../shared/contracts/auth/login.ts';
import { type Role, roles } from '../../shared/permissions.ts';
import type { Plan } from '../../shared/plans.ts';
import { type Api, apiAt, dataOf } from './api.ts';
import { type RunningPlatform, sdk } from './platform.ts';

export const password = 'Tests-Passw0rd!';

export interface Person {
  id: string;
  email: string;
  role: Role;
  accessToken: string;
  refreshToken: string;
  /** The browser's face, as this person. */
  api: Api;
}

/** The deployment for operator's commands, whose credentials stand in the environment as for the AWS CLI. */
export function operator(platform: RunningPlatform): Deployment {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: platform.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: platform.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: platform.credentials.secretAccessKey,
  });
  return deploymentOf(platform.outputs);
}

let made = 0;
/** A new account of this role that nobody has signed in to. */
export async function newAccount(
  platform: RunningPlatform,
  role: Role,
  plan: Plan = 'Free',
): Promise<Pick<Person, 'id' | 'email' | 'role'>> {
  made += 1;
  const email = `${role}-${made}@people.test`;
  const { id } = await createAccount(operator(platform), { email, name: `${role} ${made}`, password, role, plan });
  return { id, email, role };
}
/** A new person with an account of this role, signed in. */
export async function newPerson(platform: RunningPlatform, role: Role, plan: Plan = 'Free'): Promise<Person> {
  const account = await newAccount(platform, role, plan);
  return { ...account, ...(await signIn(platform, account.email)) };
}

export async function signIn(
  platform: RunningPlatform,
  email: string,
): Promise<Pick<Person, 'accessToken' | 'refreshToken' | 'api'>> {
  const anonymous = apiAt(`${platform.web}/api/v1`);
  const reply = await anonymous.call(login, { body: { email, password, delivery: 'body' } });
  const { accessToken, refreshToken } = dataOf(reply).tokens;
  return {
    accessToken,
    refreshToken,
    api: apiAt(`${platform.web}/api/v1`, { authorization: `Bearer ${accessToken}` }),
  };
}

export async function onePersonEach(platform: RunningPlatform): Promise<Record<Role, Person>> {
  const people: Partial<Record<Role, Person>> = {};
  for (const role of roles) people[role] = await newPerson(platform, role);
  return people as Record<Role, Person>;
}

/** Suspends somebody as staff would: their tokens stay as they are. */
export async function suspend(platform: RunningPlatform, person: Person): Promise<void> {
  const { tableName } = operator(platform);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(sdk(platform)));
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: users.key({ id: person.id }),
      UpdateExpression: 'SET #status = :suspended',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':suspended': 'suspended' },
    }),
  );
}
