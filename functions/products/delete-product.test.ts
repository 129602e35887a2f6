import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './delete-product.ts';
import { handler as getProduct } from './get-product.ts';
import { products } from './product.table.ts';
import { create } from './testing.ts';

let platform: Operations;
let seller: User;
beforeAll(async () => {
  platform = await startOperations();
  seller = await platform.person('enterprise');
});
afterAll(() => platform.stop());
const remove = (id: string, as?: User, headers: Record<string, string> = {}) =>
  platform.call(handler, { as, params: { id }, headers });

it('takes a product away from everybody, with its event', async () => {
  const { id } = (await create(platform, seller)).json.data;
  const reply = await remove(id, seller);
  expect([reply.status, reply.body]).toEqual([204, '']);
  expect(await platform.ridingOn(products, { id })).toEqual(['ProductArchived']);
  expect((await platform.call(getProduct, { as: seller, params: { id } })).status).toBe(404);
  expect((await remove(id, seller)).status).toBe(404);
});
it('refuses when the product was changed since it was read', async () => {
  const { id } = (await create(platform, seller)).json.data;
  expect((await remove(id, seller, { 'if-match': '"7.json"' })).status).toBe(412);
});
it('treats what is foreign as missing', async () => {
  const { id } = (await create(platform, seller)).json.data;
  const other = await platform.person('enterprise');
  expect((await remove(id, other)).json.error).toEqual((await remove(newId('product'), other)).json.error);
});
it('is for sellers and staff, and refuses what is no id', async () => {
  const { id } = (await create(platform, seller)).json.data;
  expect((await remove(id)).status).toBe(401);
  expect((await remove(id, await platform.person('user'))).status).toBe(403);
  expect((await remove('x', seller)).status).toBe(400);
});
