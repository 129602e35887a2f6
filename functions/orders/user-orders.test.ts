/** Orders below their user: the same core as placing and listing orders, for oneself or, with the right, for anybody. */
import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as listUserOrders } from './list-user-orders.ts';
import { orderList } from './order.list.ts';
import { orders } from './order.table.ts';
import { handler as placeUserOrder } from './place-user-order.ts';
import { onSale, placed, stockOf } from './testing.ts';

let platform: Operations;
let ann: User;
let manager: User;
beforeAll(async () => {
  platform = await startOperations();
  ann = await platform.person('user');
  manager = await platform.person('manager');
});
afterAll(() => platform.stop());

const placeFor = async (as: User, id: string, key?: string) => {
  const { productId } = await onSale(platform);
  const body = { lines: [{ productId, quantity: 1 }] };
  return platform.call(placeUserOrder, {
    as,
    params: { id },
    body,
    headers: key ? { 'idempotency-key': key } : {},
  });
};

it('is one’s own order when one places it for oneself', async () => {
  const { status, json } = await placeFor(ann, ann.id);
  expect(status).toBe(201);
  expect(json.data).toMatchObject({ buyer: ann.id, createdBy: ann.id });
});

it('is the user’s order when staff place it for them, and says who did', async () => {
  const { status, json } = await placeFor(manager, ann.id);
  expect(status).toBe(201);
  expect(json.data).toMatchObject({ buyer: ann.id, createdBy: manager.id, updatedBy: manager.id });
});

it('is the same order for the same key, and never another user’s', async () => {
  const item = await onSale(platform);
  const request = {
    as: manager,
    body: { lines: [{ productId: item.productId, quantity: 1 }] },
    headers: { 'idempotency-key': 'telephone-1' },
  };
  const first = await platform.call(placeUserOrder, { ...request, params: { id: ann.id } });
  const again = await platform.call(placeUserOrder, { ...request, params: { id: ann.id } });
  expect(again.json.data).toEqual(first.json.data);
  expect(await stockOf(platform, item)).toBe(9);
  const { id } = await platform.person('user');
  const other = await platform.call(placeUserOrder, { ...request, params: { id } });
  expect(other.json.error.code).toBe('IDEMPOTENCY_CONFLICT');
});

it.each([
  ['a foreign user', async () => [ann, (await platform.person('user')).id] as const, 'ENTITY_NOT_FOUND'],
  ['nobody', async () => [manager, newId('user')] as const, 'ENTITY_NOT_FOUND'],
  [
    'who was deleted',
    async () =>
      [manager, (await platform.person('user', { deletedAt: ann.createdAt, status: 'inactive' })).id] as const,
    'ENTITY_NOT_FOUND',
  ],
  [
    'who is suspended',
    async () => [manager, (await platform.person('user', { status: 'suspended' })).id] as const,
    'INVALID_STATE',
  ],
])('can not be placed for %s', async (_, prepare, code) => {
  const [as, id] = await prepare();
  expect((await placeFor(as, id)).json.error.code).toBe(code);
});

describe('listing', () => {
  const listed = (as: User, id: string) => platform.call(listUserOrders, { as, params: { id } });
  it('shows what the user ordered and not what was ordered from them', async () => {
    const seller = await platform.person('enterprise');
    const bought = await placed(platform, seller, await onSale(platform));
    const sold = await placed(platform, ann, await onSale(platform, { seller: seller.id }));
    const db = platform.table.db({ table: { orders: grant(orders, 'get'), list: orderList.writing } });
    for (const { id } of [bought, sold]) await orderList.reindex(db, db.list, id, () => db.orders.get({ id }));
    const { json } = await listed(seller, seller.id);
    expect(json.data.map(({ id }: { id: string }) => id)).toEqual([bought.id]);
    expect((await listed(manager, seller.id)).json.data).toHaveLength(1);
    expect((await listed(ann, seller.id)).status).toBe(404);
    expect((await listed(manager, newId('user'))).status).toBe(404);
  });
});
