/**
 * Money is a whole number of minor units (pence, cents) inside and a decimal string at the edge, with as many decimals as
 * the currency has (ISO 4217). No floating-point arithmetic touches an amount.
 */
import * as z from 'zod';

/** Decimals of each currency that the platform trades in (ISO 4217 exponents). */
export const currencyDecimals = {
  GBP: 2,
  EUR: 2,
  USD: 2,
  CHF: 2,
  SEK: 2,
  NOK: 2,
  DKK: 2,
  AUD: 2,
  CAD: 2,
  JPY: 0,
  KWD: 3,
} as const;
export type Currency = keyof typeof currencyDecimals;
export const currencies = Object.keys(currencyDecimals) as [Currency, ...Currency[]];
export const currencySchema = z.enum(currencies).meta({ example: 'GBP' });

/** Greatest amount in minor units: sums of a million such amounts stay exact in a JavaScript number. */
export const MAX_MINOR = 9_000_000_000;

/** Decimal text → minor units; undefined when it is no amount, has too many decimals or is too large. */
export function toMinor(decimal: string | number, currency: Currency): number | undefined {
  const text = typeof decimal === 'number' ? String(decimal) : decimal.trim();
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const decimals = currencyDecimals[currency];
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > decimals) return undefined;
  const minor = Number(whole + kept.padEnd(decimals, '0'));
  if (minor > MAX_MINOR) return undefined;
  return sign && minor !== 0 ? -minor : minor;
}

/** Minor units → decimal text with exactly the currency's decimals: 1205, GBP → "12.05". */
export function toDecimal(minor: number, currency: Currency): string {
  const decimals = currencyDecimals[currency];
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Amounts beyond this are alike to filters and sorts. */
const MAX_THOUSANDTHS = 999_999_999_999;
/**
 * An amount in thousandths of its currency's unit, whatever its decimals: what filters and sorts over several currencies compare. Takes
 * a decimal text with up to three decimals, or minor units with their currency.
 */
export function toThousandths(amount: string): number;
export function toThousandths(minor: number, currency: Currency): number;
export function toThousandths(amount: string | number, currency?: Currency): number {
  if (typeof amount === 'number')
    return Math.min(MAX_THOUSANDTHS, amount * 10 ** (3 - (currency ? currencyDecimals[currency] : 0)));
  const [whole = '', fraction = ''] = amount.split('.');
  return Math.min(MAX_THOUSANDTHS, Number(whole + fraction.slice(0, 3).padEnd(3, '0')));
}

/** An amount as clients write it: a decimal string, or a JSON number that is read by its digits. Currency decides the decimals. */
export const amountInput = z
  .union([
    z.string().regex(/^\d{1,10}(\.\d{1,4})?$/, 'must be a decimal amount such as "12.50"'),
    z.number().min(0).max(90_000_000),
  ])
  .meta({ example: '12.50' });
/** An amount as the API writes it. */
export const amountOutput = z.string().meta({ example: '12.50' });
