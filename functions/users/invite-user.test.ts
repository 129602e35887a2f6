import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as invite } from './invite-user.ts';
import { handler as inviteMany } from './invite-users.ts';
import { type User, userEmails, users } from './user.table.ts';

let platform: Operations;
let manager: User;
beforeAll(async () => {
  platform = await startOperations();
  manager = await platform.person('manager');
});
afterAll(() => platform.stop());

it('invites one user when the reply to the first request was lost', async () => {
  const call = {
    as: manager,
    body: { email: 'ivy@example.com', name: 'Ivy', username: 'ivy' },
    headers: { 'idempotency-key': 'invite-ivy' },
  };
  const first = await platform.call(invite, call);
  await platform.loseReply(invite, manager, 'invite-ivy');
  const again = await platform.call(invite, call);
  expect([again.status, again.json.data]).toEqual([201, first.json.data]);
  expect(await platform.ridingOn(users, { id: first.json.data.id })).toEqual(['UserRegistered', 'UserInvited']);
});
it('says who was invited, also when the reply to the first request was lost, and who was there before', async () => {
  const { email } = await platform.person('user');
  const call = {
    as: manager,
    body: { users: ['a@example.com', email, 'b@example.com'].map((address) => ({ email: address, name: 'Ben' })) },
    headers: { 'idempotency-key': 'invite-many' },
  };
  const first = await platform.call(inviteMany, call);
  expect(first.json.data).toMatchObject({
    invited: [
      { index: 0, email: 'a@example.com' },
      { index: 2, email: 'b@example.com' },
    ],
    skipped: [{ index: 1, email, reason: 'email-taken' }],
  });
  // Cut off between two of them: the last is not there yet.
  const db = platform.table.db({ table: { users: grant(users, 'delete'), emails: grant(userEmails, 'delete') } });
  const { id } = first.json.data.invited[1];
  await db.write(db.users.delete({ id }), db.emails.delete({ name: 'b@example.com' }));
  await platform.loseReply(inviteMany, manager, 'invite-many');
  expect((await platform.call(inviteMany, call)).json.data).toEqual(first.json.data);
  expect(await platform.ridingOn(users, { id })).toEqual(['UserRegistered', 'UserInvited']);
});
it('refuses an address and a username that others have, and tells which', async () => {
  const { email } = await platform.person('user');
  const call = (body: object) => platform.call(invite, { as: manager, body: { name: 'Ann', ...body } });
  await call({ email: 'eve@example.com', username: 'eve' });
  for (const [body, field] of [
    [{ email }, 'body.email'],
    [{ email: 'other@example.com', username: 'eve' }, 'body.username'],
  ] as const) {
    const { status, json } = await call(body);
    expect([status, json.error.code, json.error.details]).toEqual([409, 'DUPLICATE_ENTITY', { field }]);
  }
});
