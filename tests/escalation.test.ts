/** What a person can do to the user pool itself, past our API, with their own access token: nothing that gives them more. */
import {
  AdminAddUserToGroupCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  GetUserCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { me } from '../shared/contracts/auth/me.ts';
import { dataOf } from './support/api.ts';
import { newPerson, operator, type Person } from './support/people.ts';
import { type RunningPlatform, startPlatform } from './support/platform.ts';

let platform: RunningPlatform;
let person: Person;
let pool: CognitoIdentityProviderClient;
let userPoolId: string;
beforeAll(async () => {
  platform = await startPlatform();
  person = await newPerson(platform, 'user');
  ({ userPoolId } = operator(platform));
  // What the web has: an address and no rights.
  const credentials = { accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'none' };
  pool = new CognitoIdentityProviderClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials });
}, 60_000);
afterAll(() => platform?.stop());

const attributes = async () => {
  const { UserAttributes = [] } = await pool.send(new GetUserCommand({ AccessToken: person.accessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name = '', Value }) => [Name, Value]));
};

test.each([
  ['email', 'thief@evil.test'],
  ['email_verified', 'true'],
  ['custom:role', 'admin'],
  ['custom:plan', 'Enterprise'],
  ['cognito:groups', 'admin'],
  ['sub', 'usr_other'],
])('their token can not write %s', async (Name, Value) => {
  const before = await attributes();
  await expect(
    pool.send(new UpdateUserAttributesCommand({ AccessToken: person.accessToken, UserAttributes: [{ Name, Value }] })),
  ).rejects.toThrow();
  expect(await attributes()).toEqual(before);
});
test('without rights of the operator nobody joins a group or writes for another', async () => {
  const who = { UserPoolId: userPoolId, Username: person.id };
  await expect(pool.send(new AdminAddUserToGroupCommand({ ...who, GroupName: 'admin' }))).rejects.toThrow();
  await expect(
    pool.send(new AdminUpdateUserAttributesCommand({ ...who, UserAttributes: [{ Name: 'email', Value: 'a@b.test' }] })),
  ).rejects.toThrow();
});
test('role, plan and address stand as they were', async () => {
  const user = dataOf(await person.api.call(me));
  expect(user).toMatchObject({ role: 'user', plan: 'Free', email: person.email, mfaEnabled: false });
});
