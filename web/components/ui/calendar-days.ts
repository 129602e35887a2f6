/** Days as `YYYY-MM-DD`, which compare as strings. They have no time and no zone, so the arithmetic is in UTC. */
export type Day = string;

const MS_A_DAY = 86_400_000;
const toDate = (day: Day) => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** Today, where the reader is. */
export function today(now: Date = new Date()): Day {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toDate(text).getTime()) && toDay(toDate(text)) === text;
}

export function addDays(day: Day, days: number): Day {
  return toDay(new Date(toDate(day).getTime() + days * MS_A_DAY));
}

/** The same day of another month; the last day of it where there is no such day (31 January + 1 month = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const date = toDate(day);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return toDay(first);
}

export const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
export const endOfMonth = (day: Day): Day => addDays(addMonths(startOfMonth(day), 1), -1);
export const sameMonth = (one: Day, other: Day): boolean => one.slice(0, 7) === other.slice(0, 7);

/** Monday is 0. */
export function weekday(day: Day): number {
  return (toDate(day).getUTCDay() + 6) % 7;
}
export const startOfWeek = (day: Day): Day => addDays(day, -weekday(day));

/** The weeks that show a month: six, from Monday, so that the height never changes. */
export function monthWeeks(day: Day): Day[][] {
  const first = startOfWeek(startOfMonth(day));
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, at) => addDays(first, week * 7 + at)));
}

export const clampDay = (day: Day, min?: Day, max?: Day): Day =>
  min && day < min ? min : max && day > max ? max : day;

const named = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
const longFormat = named({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortFormat = named({ day: 'numeric', month: 'short', year: 'numeric' });
const monthFormat = named({ month: 'long', year: 'numeric' });

/** "Saturday 21 November 2026" */
export const longDay = (day: Day): string => longFormat.format(toDate(day));
/** "21 Nov 2026" */
export const shortDay = (day: Day): string => shortFormat.format(toDate(day));
/** "November 2026" */
export const monthName = (day: Day): string => monthFormat.format(toDate(day));
/** "1–21 Nov 2026", as short as it can be said. */
export const dayRange = (from: Day, to: Day): string =>
  from === to ? shortDay(from) : shortFormat.formatRange(toDate(from), toDate(to));
