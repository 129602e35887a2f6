import { allowedActions, orderActions, orderStatuses } from '../../shared/contracts/orders/states.ts';
import { AppError } from '../../shared/errors.ts';
import { afterAction, asPlaced, cancelled, isOwn, newOrder, type Offer, orderNumber, priced } from './order.ts';

const offer = (changes: Partial<Offer> = {}): Offer => ({
  productId: 'prd_1',
  seller: 'house',
  name: 'Mug',
  unitPrice: 120,
  currency: 'GBP',
  sellable: true,
  trackInventory: true,
  stock: 5,
  ...changes,
});
const now = new Date('2026-11-21T09:30:00Z');
function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('nothing was refused');
}

it('adds up in whole minor units', () => {
  const lines = [
    { productId: 'prd_1', quantity: 3 },
    { productId: 'prd_2', quantity: 10_000 },
  ];
  const order = priced(lines, [offer(), offer({ productId: 'prd_2', unitPrice: 9_000_000_000, stock: 10_000 })]);
  expect(order.total).toBe(3 * 120 + 90_000_000_000_000);
});
it('says first what is not for sale, then that sellers are mixed, then what is short', () => {
  const lines = ['prd_1', 'prd_2', 'prd_3'].map((productId) => ({ productId, quantity: 9 }));
  const [short, other, gone] = [
    offer(),
    offer({ productId: 'prd_2', seller: 'usr_1' }),
    offer({ productId: 'prd_3', sellable: false }),
  ];
  expect(refusal(() => priced(lines, [short, other, gone])).code).toBe('PRODUCT_UNAVAILABLE');
  const mixed = refusal(() => priced(lines.slice(0, 2), [short, other]));
  expect([mixed.code, mixed.details]).toEqual([
    'MIXED_SELLERS',
    {
      split: [
        { seller: 'house', currency: 'GBP', lines: [{ productId: 'prd_1', quantity: 9 }] },
        { seller: 'usr_1', currency: 'GBP', lines: [{ productId: 'prd_2', quantity: 9 }] },
      ],
    },
  ]);
  expect(refusal(() => priced(lines.slice(0, 1), [short])).code).toBe('OUT_OF_STOCK');
});
it('names an order after its id', () => {
  expect(orderNumber('ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0')).toBe('MW-S4R3Q-2P1N0');
});
it('remembers the order as it was placed, whatever happened since', () => {
  const order = newOrder({ lines: [{ productId: 'prd_1', quantity: 1 }] }, [offer()], {
    id: 'ord_1',
    buyer: 'usr_1',
    now,
    hash: 'abc',
  });
  expect(asPlaced(cancelled(order, { reason: 'x', by: 'usr_2', now: new Date() }))).toEqual(order);
});
it.each([
  ['pending', ['pay', 'cancel']],
  ['paid', ['fulfil', 'cancel', 'refund']],
  ['fulfilled', ['ship', 'refund']],
  ['shipped', ['deliver', 'refund']],
  ['delivered', ['refund']],
  ['cancelled', []],
  ['refunded', []],
] as const)('a %s order allows %j and nothing else', (status, allowed) => {
  expect(allowedActions(status)).toEqual(allowed);
  for (const action of orderActions) {
    if ((allowed as readonly string[]).includes(action)) expect(orderStatuses).toContain(afterAction(status, action));
    else expect(refusal(() => afterAction(status, action)).details).toEqual({ state: status, allowed });
  }
});
it('belongs to its buyer and its seller; the house is served by those who fulfil', () => {
  const order = { buyer: 'usr_1', seller: 'house' };
  expect(isOwn(order, { id: 'usr_1', role: 'user' })).toBe(true);
  expect(isOwn(order, { id: 'usr_2', role: 'user' })).toBe(false);
  expect(isOwn(order, { id: 'usr_2', role: 'enterprise' })).toBe(false);
  expect(isOwn(order, { id: 'usr_2', role: 'moderator' })).toBe(false);
  expect(isOwn(order, { id: 'usr_2', role: 'manager' })).toBe(true);
  expect(isOwn({ buyer: 'usr_1', seller: 'usr_2' }, { id: 'usr_2', role: 'enterprise' })).toBe(true);
});
