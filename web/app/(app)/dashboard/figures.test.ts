import { granularityOf, linePoints, periodBefore, periodOf, rangeOf } from './figures.ts';

test('a period ends today and has as many days as it says; the one before ends where it begins', () => {
  const period = periodOf(7, new Date('2026-03-03T23:59:00.000Z'));
  expect(period).toEqual({ from: '2026-02-25', to: '2026-03-03' });
  expect(periodBefore(period)).toEqual({ from: '2026-02-18', to: '2026-02-24' });
});

test('an address that asks for what there is not gets the usual', () => {
  expect([rangeOf('7'), rangeOf('8'), rangeOf(null)]).toEqual([7, 30, 30]);
  expect([granularityOf('hour', 7), granularityOf('hour', 90), granularityOf(null, 7)]).toEqual(['hour', 'day', 'day']);
});

test('a point stands beside the same place in the period before', () => {
  expect(
    linePoints(
      [
        { at: '2026-11-20T00:00:00.000Z', value: '12.50' },
        { at: '2026-11-21T00:00:00.000Z', value: '3' },
      ],
      [{ at: '2026-11-18T00:00:00.000Z', value: '4' }],
      'day',
    ),
  ).toEqual([
    { key: '2026-11-20T00:00:00.000Z', label: '20 Nov', value: 12.5, before: 4 },
    { key: '2026-11-21T00:00:00.000Z', label: '21 Nov', value: 3 },
  ]);
});

test('a label of the axis says what Intl would', () => {
  const intl = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC', ...options });
  const points = Array.from({ length: 12 }, (_, month) => ({
    at: new Date(Date.UTC(2026, month, 1 + 2 * month, 2 * month)).toISOString(),
    value: '1',
  }));
  const labels = (granularity: 'day' | 'hour') => linePoints(points, undefined, granularity).map(({ label }) => label);
  const expected = (format: Intl.DateTimeFormat) => points.map(({ at }) => format.format(new Date(at)));
  expect(labels('day')).toEqual(expected(intl({})));
  expect(labels('hour')).toEqual(expected(intl({ hour: '2-digit', minute: '2-digit' })));
});
