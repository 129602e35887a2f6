import { additionsOf, average, changeOf, gather, periodsOf, stepsOf, sum } from './figures.ts';

const placed = {
  kind: 'placed',
  seller: 'house',
  currency: 'GBP',
  total: 510,
  placedAt: '2026-11-21T09:30:00.000Z',
} as const;

test('an order counts in its hour and its day, for its seller and for all', () => {
  expect(additionsOf(placed).map(({ scope, step, at }) => `${scope} ${step} ${at}`)).toEqual([
    'all hour 2026-11-21T09',
    'all day 2026-11-21',
    'house hour 2026-11-21T09',
    'house day 2026-11-21',
  ]);
});

test('a cancelled order leaves nothing but the count of cancellations, whatever came first', () => {
  const cancelled = { ...placed, kind: 'cancelled' } as const;
  const [one, other] = [
    [placed, cancelled],
    [cancelled, placed],
  ].map((events) => gather(events.flatMap(additionsOf)));
  expect(one).toEqual(other?.map((addition) => addition));
  expect(one?.[0]?.add).toEqual({ orders: 0, ordersGBP: 0, revenueGBP: 0, cancelledOrders: 1 });
});

test('averages are whole minor units, half up, and nothing has the average nought', () => {
  expect([average(5, 2), average(10, 3), average(0, 0)]).toEqual([3, 3, 0]);
});

test('change is in percent to one decimal, and unknown when there was nothing before', () => {
  expect([changeOf(150, 100), changeOf(1, 3), changeOf(5, 0)]).toEqual([50, -66.7, null]);
});

test('the period before has the same length and ends the day before', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  expect(periodsOf({ from: '2026-11-01', to: '2026-11-21' }, now, 30)).toEqual({
    from: '2026-11-01',
    to: '2026-11-21',
    days: 21,
    previous: { from: '2026-10-11', to: '2026-10-31' },
  });
  expect(periodsOf({}, now, 30)).toMatchObject({ from: '2026-10-23', to: '2026-11-21' });
  expect(periodsOf({ from: '2026-11-10' }, now, 30)).toMatchObject({ from: '2026-11-10', to: '2026-11-21' });
  expect(periodsOf({ to: '2026-02-01' }, now, 30)).toMatchObject({ from: '2026-01-03', to: '2026-02-01' });
});

test('every step of a period has its place: hours, days, weeks from Monday, months', () => {
  expect(stepsOf('2026-11-20', '2026-11-21', 'hour')).toHaveLength(48);
  expect(stepsOf('2026-10-31', '2026-11-02', 'day')).toHaveLength(3);
  expect(stepsOf('2026-11-14', '2026-11-23', 'week').map((at) => at.slice(0, 10))).toEqual([
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
  ]);
  expect(stepsOf('2025-12-15', '2026-02-01', 'month').map((at) => at.slice(0, 7))).toEqual([
    '2025-12',
    '2026-01',
    '2026-02',
  ]);
});

test('sums add name by name', () => {
  expect(sum([{ orders: 1 }, { orders: 2, newUsers: 1 }])).toEqual({ orders: 3, newUsers: 1 });
});
