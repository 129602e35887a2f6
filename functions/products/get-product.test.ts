import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './get-product.ts';
import { inventories } from './product.table.ts';
import { create } from './testing.ts';

let platform: Operations;
let seller: User;
let user: User;
beforeAll(async () => {
  platform = await startOperations();
  [seller, user] = [await platform.person('enterprise'), await platform.person('user')];
});
afterAll(() => platform.stop());
const get = (id: string, as?: User, headers: Record<string, string> = {}) =>
  platform.call(handler, { as, params: { id }, headers });

it('shows a published product to everybody who is signed in, without what they may not do', async () => {
  const made = (await create(platform, seller)).json.data;
  const { status, json } = await get(made.id, user);
  expect(status).toBe(200);
  expect(json.data).toEqual({ ...made, _links: { self: made._links.self } });
});
it('hides drafts from everybody but their seller and staff, as if they were missing', async () => {
  const { id } = (await create(platform, seller, { status: 'draft' })).json.data;
  expect((await get(id, seller)).status).toBe(200);
  expect((await get(id, await platform.person('moderator'))).status).toBe(200);
  const foreign = await get(id, await platform.person('enterprise'));
  const missing = await get(newId('product'), user);
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  expect(foreign.json.error).toEqual({ ...missing.json.error });
});
it('answers 304 until the product or its stock changes', async () => {
  const { id } = (await create(platform, seller)).json.data;
  const { etag = '' } = (await get(id, user)).headers;
  expect((await get(id, user, { 'if-none-match': etag })).status).toBe(304);
  const db = platform.table.db({ table: { stock: grant(inventories, 'update') } });
  await db.write(db.stock.update({ productId: id }, { add: { stock: -1 } }));
  expect((await get(id, user, { 'if-none-match': etag })).status).toBe(200);
});
it('refuses what is no id, and those who are not signed in', async () => {
  const { status, json } = await get('prd_1', user);
  expect([status, json.error.details.fields[0].path]).toEqual([400, 'params.id']);
  expect((await get(newId('product'))).status).toBe(401);
});
