/** Amounts, numbers and moments as people read them. Times are those of the reader; days of the API are UTC. */
import { type Currency, currencyDecimals } from '../../../shared/money.ts';

const LOCALE = 'en-GB';
const amounts = new Map<Currency, Intl.NumberFormat>();

/** "£1,204.50". Takes the API's decimal text; its digits are shown as they are. */
export function formatMoney(decimal: string, currency: Currency): string {
  let format = amounts.get(currency);
  if (!format) {
    const digits = currencyDecimals[currency];
    format = new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    amounts.set(currency, format);
  }
  return format.format(decimal as Intl.StringNumericLiteral);
}

/** "£12k": for the axis of a chart only. */
export function formatMoneyShort(value: number, currency: Currency): string {
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(value);
}

const whole = new Intl.NumberFormat(LOCALE);
export function formatCount(value: number): string {
  return whole.format(value);
}

const moment = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const time = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });

/** "21 Nov 2026, 09:30". */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}

/** "just now", "4 min ago", "09:30", then the day: short enough for a column. */
export function formatAge(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const seconds = (now.getTime() - at.getTime()) / 1_000;
  if (seconds < 60) return 'Just now';
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (at.toDateString() === now.toDateString()) return `Today, ${time.format(at)}`;
  return day.format(at);
}

/** "21 Nov 2026". */
export function formatDay(iso: string): string {
  return day.format(new Date(iso));
}
