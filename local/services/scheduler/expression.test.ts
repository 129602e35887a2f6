import { parseScheduleExpression } from './expression.ts';

const runs: [expression: string, timeZone: string, after: string, next: string | undefined][] = [
  ['cron(0 10 * * ? *)', 'UTC', '2026-11-21T10:00:00Z', '2026-11-22T10:00:00Z'],
  ['cron(15 12 * * ? *)', 'UTC', '2026-11-21T10:00:00Z', '2026-11-21T12:15:00Z'],
  ['cron(0 18 ? * MON-FRI *)', 'UTC', '2026-11-21T10:00:00Z', '2026-11-23T18:00:00Z'],
  ['cron(0/10 * ? * MON-FRI *)', 'UTC', '2026-11-23T10:05:00Z', '2026-11-23T10:10:00Z'],
  ['cron(0 8 1 * ? *)', 'UTC', '2026-11-21T10:00:00Z', '2026-12-01T08:00:00Z'],
  ['cron(0 0 L * ? *)', 'UTC', '2028-02-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['cron(0 0 LW * ? *)', 'UTC', '2026-02-01T00:00:00Z', '2026-02-27T00:00:00Z'],
  ['cron(0 0 15W * ? *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-16T00:00:00Z'],
  ['cron(0 0 1W * ? *)', 'UTC', '2026-07-31T12:00:00Z', '2026-08-03T00:00:00Z'],
  ['cron(0 9 ? * 2#1 *)', 'UTC', '2026-11-21T00:00:00Z', '2026-12-07T09:00:00Z'],
  ['cron(0 9 ? * FRI#5 *)', 'UTC', '2026-11-21T00:00:00Z', '2027-01-29T09:00:00Z'],
  ['cron(0 9 ? * 6L *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-27T09:00:00Z'],
  ['cron(0 9 ? * L *)', 'UTC', '2026-11-22T00:00:00Z', '2026-11-28T09:00:00Z'],
  ['cron(0 0 ? * FRI-MON *)', 'UTC', '2026-11-24T00:00:00Z', '2026-11-27T00:00:00Z'],
  ['cron(0 0 29 2 ? *)', 'UTC', '2026-11-21T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['cron(0 0 1 JAN,JUL ? 2030)', 'UTC', '2026-11-21T00:00:00Z', '2030-01-01T00:00:00Z'],
  ['cron(0 0 1 1 ? 2020)', 'UTC', '2026-11-21T00:00:00Z', undefined],
  ['cron(0 9 * * ? *)', 'America/New_York', '2026-11-21T00:00:00Z', '2026-11-21T14:00:00Z'],
  ['cron(0 9 * * ? *)', 'Asia/Kolkata', '2026-11-21T03:00:00Z', '2026-11-21T03:30:00Z'],
  // The clocks of New York skip 02:30 on 2026-03-08 and have 01:30 twice on 2026-11-01.
  ['cron(30 2 * * ? *)', 'America/New_York', '2026-03-07T12:00:00Z', '2026-03-09T06:30:00Z'],
  ['cron(30 1 * * ? *)', 'America/New_York', '2026-10-31T12:00:00Z', '2026-11-01T05:30:00Z'],
  ['cron(30 1 * * ? *)', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
  ['rate(5 minutes)', 'UTC', '2026-11-21T00:07:00Z', '2026-11-21T00:10:00Z'],
  ['rate(1 hour)', 'UTC', '2026-11-21T01:00:00Z', '2026-11-21T02:00:00Z'],
  ['rate(2 days)', 'UTC', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['at(2026-11-22T13:00:05)', 'Europe/Paris', '2026-11-21T00:00:00Z', '2026-11-22T12:00:05Z'],
  ['at(2026-11-20T13:00:00)', 'UTC', '2026-11-21T00:00:00Z', undefined],
];

test.each(runs)('%s in %s runs next after %s at %s', (expression, timeZone, after, next) => {
  const anchor = Date.parse('2026-11-21T00:00:00Z');
  const run = parseScheduleExpression(expression, timeZone).next(Date.parse(after), anchor);
  expect(run === undefined ? undefined : new Date(run).toISOString().replace('.000', '')).toBe(next);
});

test.each([
  'every day',
  'rate(0 minutes)',
  'rate(5 weeks)',
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(0 10 * * ?)',
  'cron(60 10 * * ? *)',
  'cron(0 10 * FOO ? *)',
  'at(2026-02-30T00:00:00)',
  'at(2026-11-21)',
])('A schedule expression that AWS refuses is refused: %s', (expression) => {
  expect(() => parseScheduleExpression(expression)).toThrow(expect.objectContaining({ code: 'ValidationException' }));
});
