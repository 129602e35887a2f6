/** The small brother of `node bench/print-enumeration.ts`, which takes 500 of each and a quiet machine. */
import { areaUnderCurve, type EnumerationTimes, measureEnumeration } from './enumeration.ts';

const COUNT = 40;
/** Four standard errors of an area of two even samples of this size. */
const FURTHEST = 4 * Math.sqrt((2 * COUNT + 1) / (12 * COUNT * COUNT));

let measured: EnumerationTimes[];
beforeAll(async () => {
  measured = await measureEnumeration(COUNT);
}, 120_000);

test.each(['register', 'login', 'forgot-password', 'resend-code', 'login/recover'])(
  'the time of %s does not tell whether an account exists',
  (route) => {
    const { known = [], unknown = [] } = measured.find((one) => one.route === route) ?? {};
    expect([known.length, unknown.length]).toEqual([COUNT, COUNT]);
    expect(Math.abs(areaUnderCurve(known, unknown) - 0.5)).toBeLessThan(FURTHEST);
  },
);
test('the measure tells apart what differs by little', () => {
  const times = Array.from({ length: COUNT }, (_, index) => 100 + (index % 10));
  expect(areaUnderCurve(times, times)).toBe(0.5);
  expect(
    areaUnderCurve(
      times.map((time) => time + 5),
      times,
    ) - 0.5,
  ).toBeGreaterThan(FURTHEST);
});
