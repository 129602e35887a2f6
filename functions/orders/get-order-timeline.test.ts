import { timelineOf } from './order.ts';

it('of an order that only was placed has one entry', () => {
  const order = {
    id: 'ord_1',
    seller: 'house',
    buyer: 'usr_1',
    currency: 'GBP' as const,
    total: 1,
    lines: [],
    status: 'pending' as const,
    createdAt: '2026-11-21T09:30:00.000Z',
    version: 1,
  };
  expect(timelineOf(order)).toEqual([
    { at: '2026-11-21T09:30:00.000Z', what: 'placed', status: 'pending', by: 'usr_1' },
  ]);
});
