/** Amounts, numbers and moments as people read them. Times are those of the reader; days of the API are UTC. */
import { type Currency, currencyDecimals } from '../../../shared/money.ts';

const LOCALE = 'en-GB';

/** A format takes milliseconds to make, on a phone tens of them: each is made when it is first needed, and once. */
export function lazily<A extends readonly string[], T>(make: (...variant: A) => T): (...variant: A) => T {
  const made = new Map<string, T>();
  return (...variant) => {
    const key = variant.join();
    let format = made.get(key);
    if (format === undefined) {
      format = make(...variant);
      made.set(key, format);
    }
    return format;
  };
}

const amount = lazily((currency: Currency) => {
  const digits = currencyDecimals[currency];
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
});
const shortAmount = lazily(
  (currency: Currency) =>
    new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      notation: 'compact',
      maximumFractionDigits: 1,
      minimumFractionDigits: 0,
    }),
);

/** "£1,204.50". Takes the API's decimal text; its digits are shown as they are. */
export function formatMoney(decimal: string, currency: Currency): string {
  return amount(currency).format(decimal as Intl.StringNumericLiteral);
}

/** "£12k": for the axis of a chart only. */
export function formatMoneyShort(value: number, currency: Currency): string {
  return shortAmount(currency).format(value);
}

const whole = lazily(() => new Intl.NumberFormat(LOCALE));
export function formatCount(value: number): string {
  return whole().format(value);
}

const moment = lazily(
  () =>
    new Intl.DateTimeFormat(LOCALE, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
);
const time = lazily(() => new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }));
const day = lazily(() => new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' }));

/** "21 Nov 2026, 09:30". */
export function formatMoment(iso: string): string {
  return moment().format(new Date(iso));
}

/** "just now", "4 min ago", "09:30", then the day: short enough for a column. */
export function formatAge(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const seconds = (now.getTime() - at.getTime()) / 1_000;
  if (seconds < 60) return 'Just now';
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (at.toDateString() === now.toDateString()) return `Today, ${time().format(at)}`;
  return day().format(at);
}

/** "21 Nov 2026". */
export function formatDay(iso: string): string {
  return day().format(new Date(iso));
}
