import { toDecimal, toMinor, toThousandths } from './money.ts';

it.each([
  ['12.5', 'GBP', 1_250],
  ['0', 'GBP', 0],
  ['12.50000', 'GBP', 1_250],
  ['300', 'JPY', 300],
  ['1.234', 'KWD', 1_234],
  ['90000000', 'GBP', 9_000_000_000],
] as const)('reads %s %s as %i minor units', (text, currency, minor) => {
  expect(toMinor(text, currency)).toBe(minor);
});
it.each([
  ['12.345', 'GBP'],
  ['0.5', 'JPY'],
  ['1e3', 'GBP'],
  ['90000000.01', 'GBP'],
  ['', 'GBP'],
] as const)('refuses %s %s', (text, currency) => {
  expect(toMinor(text, currency)).toBeUndefined();
});
it('reads numbers by their digits, without arithmetic', () => {
  expect([toMinor(0.07, 'GBP'), toMinor(1.1, 'GBP'), toMinor(19.99, 'GBP')]).toEqual([7, 110, 1_999]);
});
it.each([
  [5, 'GBP', '0.05'],
  [-1_205, 'GBP', '-12.05'],
  [300, 'JPY', '300'],
  [1, 'KWD', '0.001'],
] as const)('writes %i %s as %s', (minor, currency, text) => {
  expect(toDecimal(minor, currency)).toBe(text);
});
it('compares amounts of all currencies by one measure', () => {
  expect([toThousandths('12.5'), toThousandths(1_250, 'GBP'), toThousandths('0.001'), toThousandths(1, 'KWD')]).toEqual(
    [12_500, 12_500, 1, 1],
  );
  expect(toThousandths(300, 'JPY')).toBe(300_000);
  expect(toThousandths(9_000_000_000, 'JPY')).toBeLessThan(1e12);
});
