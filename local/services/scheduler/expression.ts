/**
 * Schedule expressions of EventBridge rules and Scheduler: `at(yyyy-mm-ddThh:mm:ss)`, `rate(5 minutes)`, and
 * `cron(minutes hours day-of-month month day-of-week year)` with `?`, `L`, `W`, `#`, lists, ranges, steps and names.
 * Daylight saving as AWS documents it: a local time that does not exist is skipped, one that exists twice runs once.
 */
import { AwsError } from '../../types.ts';
import { type LocalTime, localTime, toInstant } from './time-zone.ts';

export interface ScheduleExpression {
  kind: 'at' | 'rate' | 'cron';
  /**
   * First run strictly after `after` (milliseconds since the epoch); undefined when there is none.
   * `anchor` is the time from which a rate counts.
   */
  next(after: number, anchor: number): number | undefined;
}

/** Throws ValidationException on an expression that AWS would refuse. `timeZone` is an IANA name. */
export function parseScheduleExpression(text: string, timeZone = 'UTC'): ScheduleExpression {
  const [, kind, argument] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? [];
  if (argument === undefined) throw invalid(text);
  if (kind === 'at') return parseAt(text, argument, timeZone);
  if (kind === 'rate') return parseRate(text, argument);
  return parseCron(text, argument, timeZone);
}

function parseAt(text: string, argument: string, timeZone: string): ScheduleExpression {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(argument)?.slice(1).map(Number);
  if (!parts) throw invalid(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day || hour > 23 || minute > 59) throw invalid(text);
  const at = toInstant({ year, month, day, hour, minute }, timeZone);
  const instant = at === undefined ? undefined : at + second * 1000;
  return { kind: 'at', next: (after) => (instant !== undefined && instant > after ? instant : undefined) };
}

const unitMilliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function parseRate(text: string, argument: string): ScheduleExpression {
  const [, count = '0', unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(argument.trim()) ?? [];
  const period = Number(count) * (unitMilliseconds[unit] ?? 0);
  if (period === 0) throw invalid(text);
  return {
    kind: 'rate',
    next: (after, anchor) => (after < anchor ? anchor : anchor + (Math.floor((after - anchor) / period) + 1) * period),
  };
}

type NumberTest = (value: number) => boolean;
type DayTest = (day: LocalTime) => boolean;
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function parseCron(text: string, argument: string, timeZone: string): ScheduleExpression {
  const fields = argument.trim().split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', years = ''] = fields;
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) throw invalid(text);
  const fail = (): never => {
    throw invalid(text);
  };
  const minuteValues = values(parseField(minutes, 0, 59, [], fail), 0, 59);
  const hourValues = values(parseField(hours, 0, 23, [], fail), 0, 23);
  const inMonth = parseField(month, 1, 12, months, fail);
  const inYear = parseField(years, 1970, 2199, [], fail);
  const onDay = dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth, fail) : parseDayOfWeek(dayOfWeek, fail);

  return {
    kind: 'cron',
    next(after) {
      const day = localTime(after, timeZone);
      for (let count = 0; day.year <= 2199 && count < 366 * 60; count += 1) {
        if (!inYear(day.year)) {
          // Nothing this year: go on with the first of January of the next.
          Object.assign(day, { year: day.year + 1, month: 1, day: 1 });
          continue;
        }
        if (inMonth(day.month) && onDay(day)) {
          for (const hour of hourValues) {
            for (const minute of minuteValues) {
              const instant = toInstant({ ...day, hour, minute }, timeZone);
              if (instant !== undefined && instant > after) return instant;
            }
          }
        }
        const following = new Date(Date.UTC(day.year, day.month - 1, day.day + 1));
        day.year = following.getUTCFullYear();
        day.month = following.getUTCMonth() + 1;
        day.day = following.getUTCDate();
      }
      return undefined;
    },
  };
}

/** Lists, ranges, steps and names of one field. */
function parseField(field: string, least: number, most: number, names: string[], fail: () => never): NumberTest {
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + 1 : /^\d+$/.test(part) ? Number(part) : Number.NaN;
    return value >= least && value <= most ? value : fail();
  };
  const tests = field.split(',').map((item): NumberTest => {
    const [range = '', step, ...more] = item.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) fail();
    const stride = Number(step ?? 1);
    if (range === '*') return (value) => (value - least) % stride === 0;
    const [first = '', last, ...rest] = range.split('-');
    if (rest.length > 0) fail();
    const from = number(first);
    const to = last !== undefined ? number(last) : step !== undefined ? most : from;
    // A range such as FRI-MON goes round the end.
    const size = most - least + 1;
    const length = (to - from + size) % size;
    return (value) => (value - from + size) % size <= length && ((value - from + size) % size) % stride === 0;
  });
  return (value) => tests.some((test) => test(value));
}

function values(test: NumberTest, least: number, most: number): number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index).filter(test);
}

function parseDayOfMonth(field: string, fail: () => never): DayTest {
  if (field === 'L') return (day) => day.day === lastDay(day);
  if (field === 'LW') return (day) => day.day === nearestWeekday(day, lastDay(day));
  const [, wanted] = /^(\d{1,2})W$/.exec(field) ?? [];
  if (wanted !== undefined) {
    const target = Number(wanted);
    if (target < 1 || target > 31) fail();
    return (day) => target <= lastDay(day) && day.day === nearestWeekday(day, target);
  }
  const test = parseField(field, 1, 31, [], fail);
  return (day) => test(day.day);
}

function parseDayOfWeek(field: string, fail: () => never): DayTest {
  const [, name = '', place = ''] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  if (place !== '') {
    const test = parseField(name, 1, 7, weekdays, fail);
    return (day) => test(weekday(day)) && Math.ceil(day.day / 7) === Number(place);
  }
  // `L` alone is Saturday; `5L` is the last Thursday of the month.
  if (field.toUpperCase() === 'L') return (day) => weekday(day) === 7;
  const [, last] = /^(\d|\w{3})L$/.exec(field) ?? [];
  if (last !== undefined) {
    const test = parseField(last, 1, 7, weekdays, fail);
    return (day) => test(weekday(day)) && day.day + 7 > lastDay(day);
  }
  const test = parseField(field, 1, 7, weekdays, fail);
  return (day) => test(weekday(day));
}

/** 1 is Sunday, 7 is Saturday, as AWS counts. */
function weekday({ year, month, day }: LocalTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function lastDay({ year, month }: LocalTime): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The weekday nearest to a day, within its month. */
function nearestWeekday(day: LocalTime, wanted: number): number {
  const on = weekday({ ...day, day: wanted });
  if (on === 7) return wanted === 1 ? 3 : wanted - 1;
  if (on === 1) return wanted === lastDay(day) ? wanted - 2 : wanted + 1;
  return wanted;
}

function invalid(text: string): AwsError {
  return new AwsError('ValidationException', `Invalid Schedule Expression ${text}.`);
}
