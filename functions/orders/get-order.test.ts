import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as cancelOrder } from './cancel-order.ts';
import { handler } from './get-order.ts';
import { handler as timeline } from './get-order-timeline.ts';
import { onSale, placed } from './testing.ts';

let platform: Operations;
let buyer: User;
beforeAll(async () => {
  platform = await startOperations();
  buyer = await platform.person('user');
});
afterAll(() => platform.stop());

describe.each([
  ['the order', handler],
  ['its timeline', timeline],
])('%s', (_, operation) => {
  const get = (id: string, as?: User) => platform.call(operation, { as, params: { id } });

  it('is there for buyer, seller and managers; to others it is missing', async () => {
    const seller = await platform.person('enterprise');
    const { id } = await placed(platform, buyer, await onSale(platform, { seller: seller.id }));
    for (const as of [buyer, seller, await platform.person('manager'), await platform.person('admin')])
      expect((await get(id, as)).status).toBe(200);
    const missing = await get(newId('order'), buyer);
    for (const role of ['user', 'enterprise', 'moderator'] as const) {
      const { status, json } = await get(id, await platform.person(role));
      expect([status, json.error]).toEqual([404, missing.json.error]);
    }
  });
  it('is for those who are signed in, and refuses what is no id', async () => {
    expect((await get(newId('order'))).status).toBe(401);
    expect((await get('ord_1', buyer)).json.error.details.fields[0].path).toBe('params.id');
  });
});

it('answers the order as it was placed, with an ETag', async () => {
  const order = await placed(platform, buyer, await onSale(platform));
  const { json, headers } = await platform.call(handler, { as: buyer, params: { id: order.id } });
  expect(json.data).toEqual(order);
  expect(headers.etag).toMatch(/^"1\./);
});
it('tells what happened, oldest first', async () => {
  const { id } = await placed(platform, buyer, await onSale(platform));
  const manager = await platform.person('manager');
  await platform.call(cancelOrder, { as: manager, params: { id }, body: { reason: 'Not available' } });
  const { json } = await platform.call(timeline, { as: buyer, params: { id } });
  expect(json.data.entries).toMatchObject([
    { what: 'placed', status: 'pending', by: buyer.id },
    { what: 'cancelled', status: 'cancelled', by: manager.id, reason: 'Not available' },
  ]);
});
