import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './get-user.ts';

let platform: Operations;
let user: User;
beforeAll(async () => {
  platform = await startOperations();
  user = await platform.person('user');
});
afterAll(() => platform.stop());
const get = (id: string, as?: User) => platform.call(handler, { as, params: { id } });

it('shows everybody their own user, and staff anybody’s', async () => {
  expect((await get(user.id, user)).json.data).toMatchObject({ id: user.id, email: user.email, version: 1 });
  for (const role of ['moderator', 'manager', 'admin'] as const)
    expect((await get(user.id, await platform.person(role))).status).toBe(200);
});
it('treats foreign and deleted users as missing', async () => {
  const deleted = await platform.person('user', { status: 'inactive', deletedAt: '2026-01-01T00:00:00.000Z' });
  const missing = await get(newId('user'), user);
  for (const reply of [
    await get(deleted.id, await platform.person('moderator')),
    await get(deleted.id, await platform.person('user')),
    await get((await platform.person('user')).id, user),
    await get(user.id, await platform.person('enterprise')),
  ])
    expect([reply.status, reply.json.error]).toEqual([404, missing.json.error]);
});
it('shows deleted users to who may bring them back, and nothing else to do', async () => {
  const deletedAt = '2026-01-01T00:00:00.000Z';
  const deleted = await platform.person('user', { status: 'inactive', deletedAt });
  for (const role of ['manager', 'admin'] as const) {
    const { data } = (await get(deleted.id, await platform.person(role))).json;
    expect([data.status, data.deletedAt, Object.keys(data._links)]).toEqual([
      'inactive',
      deletedAt,
      ['self', 'orders', 'erase', 'restore'],
    ]);
  }
});
it('is for those who are signed in, and refuses what is no id', async () => {
  expect((await get(user.id)).status).toBe(401);
  expect((await get('usr_1', user)).json.error.details.fields[0].path).toBe('params.id');
});
