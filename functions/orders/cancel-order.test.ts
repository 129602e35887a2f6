import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './cancel-order.ts';
import { orders } from './order.table.ts';
import { onSale, placed, stockOf } from './testing.ts';

let platform: Operations;
let buyer: User;
beforeAll(async () => {
  platform = await startOperations();
  buyer = await platform.person('user');
});
afterAll(() => platform.stop());
const cancel = (id: string, as?: User, body: object = {}, headers: Record<string, string> = {}) =>
  platform.call(handler, { as, params: { id }, body, headers });

it('gives the stock back, says who and why, and tells it', async () => {
  const item = await onSale(platform);
  const order = await placed(platform, buyer, item, 4);
  const { status, json } = await cancel(order.id, buyer, { reason: 'Ordered twice' });
  expect(json.data ?? json).toMatchObject({
    id: order.id,
    status: 'cancelled',
    cancelReason: 'Ordered twice',
    updatedBy: buyer.id,
    version: 2,
  });
  expect(status).toBe(200);
  expect(json.data._links.cancel).toBeUndefined();
  expect(await stockOf(platform, item)).toBe(10);
  expect(await platform.ridingOn(orders, { id: order.id })).toEqual(['OrderCancelled']);
});
it('gives back nothing that was never taken', async () => {
  const item = await onSale(platform, { trackInventory: false, stock: 3 });
  const order = await placed(platform, buyer, item, 4);
  await cancel(order.id, buyer);
  expect(await stockOf(platform, item)).toBe(3);
});
it('cancels once of many simultaneous tries', async () => {
  const item = await onSale(platform);
  const order = await placed(platform, buyer, item, 4);
  const replies = await Promise.all(Array.from({ length: 10 }, () => cancel(order.id, buyer)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(9);
  expect(await stockOf(platform, item)).toBe(10);
});
it('answers the cancelled order when the reply to the first request was lost, whatever version it was for', async () => {
  const item = await onSale(platform);
  const order = await placed(platform, buyer, item, 4);
  const again = () => cancel(order.id, buyer, {}, { 'idempotency-key': 'cancel-once', 'if-match': '"1"' });
  const first = await again();
  await platform.loseReply(handler, buyer, 'cancel-once');
  const repeat = await again();
  expect([repeat.status, repeat.json.data]).toEqual([200, first.json.data]);
  expect(await stockOf(platform, item)).toBe(10);
});
it('answers INVALID_STATE with what is allowed', async () => {
  const order = await placed(platform, buyer, await onSale(platform));
  await cancel(order.id, buyer);
  const { status, json } = await cancel(order.id, buyer);
  expect([status, json.error.code, json.error.details]).toEqual([
    409,
    'INVALID_STATE',
    { state: 'cancelled', allowed: [] },
  ]);
});
it.each([
  ['paid', 200],
  ['fulfilled', 409],
  ['delivered', 409],
] as const)('of a %s order answers %i', async (state, expected) => {
  const order = await placed(platform, buyer, await onSale(platform));
  const db = platform.table.db({ table: { orders: grant(orders, 'update') } });
  await db.write(db.orders.update({ id: order.id }, { set: { status: state } }));
  expect((await cancel(order.id, buyer)).status).toBe(expected);
});
it('refuses when the order was changed since it was read', async () => {
  const order = await placed(platform, buyer, await onSale(platform));
  expect((await cancel(order.id, buyer, {}, { 'if-match': '"9.json"' })).status).toBe(412);
});
it('is for the buyer, the seller and managers; to others the order is missing', async () => {
  const seller = await platform.person('enterprise');
  const sold = () => onSale(platform, { seller: seller.id });
  expect((await cancel((await placed(platform, buyer, await sold())).id, seller)).status).toBe(200);
  const manager = await platform.person('manager');
  expect((await cancel((await placed(platform, buyer, await sold())).id, manager)).status).toBe(200);
  const { id } = await placed(platform, buyer, await sold());
  const missing = await cancel(newId('order'), buyer);
  for (const role of ['user', 'enterprise', 'moderator'] as const) {
    const { status, json } = await cancel(id, await platform.person(role));
    expect([status, json.error]).toEqual([404, missing.json.error]);
  }
});
it('is for those who are signed in, and names fields that are wrong', async () => {
  const order = await placed(platform, buyer, await onSale(platform));
  expect((await cancel(order.id)).status).toBe(401);
  const { status, json } = await cancel(order.id, buyer, { reason: '', status: 'paid' });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.reason',
    'body.status',
  ]);
});
