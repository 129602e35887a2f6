import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { newId } from '../../shared/ids.ts';
import { type Mailbox, startMailbox } from '../platform/testing/mailbox.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as cancelOrder } from './cancel-order.ts';
import { handler as onCancelled } from './on-order-cancelled.email.ts';
import { handler } from './on-order-placed.email.ts';
import { handler as placeOrder } from './place-order.ts';
import { onSale } from './testing.ts';

let platform: Operations;
let mailbox: Mailbox;
let buyer: User;
beforeAll(async () => {
  platform = await startOperations();
  mailbox = await startMailbox();
  buyer = await platform.person('user', { name: 'Ann <b>O’Neil</b>' });
});
beforeEach(() => {
  mailbox.mails.length = 0;
});
afterAll(async () => {
  await mailbox.stop();
  await platform.stop();
});

async function order(body: object = {}) {
  const [mug, heart] = [
    await onSale(platform, { name: 'Mug "A & B"', unitPrice: 123_456 }),
    await onSale(platform, { name: 'Heart' }),
  ];
  const lines = [
    { productId: mug.productId, quantity: 2 },
    { productId: heart.productId, quantity: 1 },
  ];
  return (await platform.call(placeOrder, { as: buyer, body: { lines, ...body } })).json.data;
}
const placedEvent = (orderId: string) => envelopeOf(orderPlaced, { orderId, buyer: buyer.id });

it('confirms the order to its buyer: every line, every amount, in both parts', async () => {
  const { id, number } = await order({
    note: 'Ring twice',
    shippingAddress: { name: 'Ann', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' },
  });
  expect(await platform.deliver(handler, placedEvent(id))).toBe(0);
  expect(mailbox.mails).toHaveLength(1);
  const [mail] = mailbox.mails;
  expect(mail).toMatchObject({ to: [buyer.email], subject: `Your order ${number}` });
  const facts = [
    number,
    '2 × £1,234.56',
    '£2,469.12',
    '£2.55',
    '£2,471.67',
    '1 High St',
    'LS1 1AA Leeds',
    'Ring twice',
  ];
  for (const fact of facts) {
    expect(mail?.text).toContain(fact);
    expect(mail?.html).toContain(fact);
  }
  expect(mail?.text).toContain('Mug "A & B"');
  expect(`${mail?.html}${mail?.text}`).not.toMatch(/\{\{|undefined|null/);
});
it('escapes what people wrote', async () => {
  const { id } = await order();
  await platform.deliver(handler, placedEvent(id));
  expect(mailbox.mails[0]?.html).toContain('Ann &lt;b&gt;O’Neil&lt;&#x2F;b&gt;');
  expect(mailbox.mails[0]?.html).not.toContain('<b>O');
});
it('leaves out headings of what the order does not have', async () => {
  const { id } = await order();
  await platform.deliver(handler, placedEvent(id));
  expect(mailbox.mails[0]?.html).not.toMatch(/We send it to|Your note/);
  expect(mailbox.mails[0]?.text).not.toMatch(/We send it to|Your note/);
});
it('sends one mail however often the message comes', async () => {
  const event = placedEvent((await order()).id);
  await platform.deliver(handler, event, event);
  await platform.deliver(handler, event);
  expect(mailbox.mails).toHaveLength(1);
});
it('sends it at the next try when SES refused it', async () => {
  const event = placedEvent((await order()).id);
  mailbox.refuseNext(429);
  expect(await platform.deliver(handler, event)).toBe(1);
  expect(await platform.deliver(handler, event)).toBe(0);
  expect(mailbox.mails).toHaveLength(1);
});
it('sends nothing for events that a replay brings back after a month', async () => {
  const event = { ...placedEvent((await order()).id), time: '2020-01-01T00:00:00.000Z' };
  expect(await platform.deliver(handler, event)).toBe(0);
  expect(mailbox.mails).toEqual([]);
});
it('sends nothing for an order or a buyer that is not there', async () => {
  const { id } = await order();
  expect(await platform.deliver(handler, envelopeOf(orderPlaced, { orderId: id, buyer: newId('user') }))).toBe(0);
  expect(await platform.deliver(handler, placedEvent(newId('order')))).toBe(0);
  expect(mailbox.mails).toEqual([]);
});
it('tells of a cancellation with its reason', async () => {
  const { id, number } = await order();
  await platform.call(cancelOrder, { as: buyer, params: { id }, body: { reason: 'Ordered twice' } });
  const event = envelopeOf(orderCancelled, { orderId: id, buyer: buyer.id });
  await platform.deliver(onCancelled, event, event);
  expect(mailbox.mails).toHaveLength(1);
  expect(mailbox.mails[0]).toMatchObject({
    subject: `Your order ${number} is cancelled`,
    text: expect.stringContaining('Reason: Ordered twice'),
    html: expect.stringContaining('Ordered twice'),
  });
});
