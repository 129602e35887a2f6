/** Local time of a time zone and back, on the time zone data of the runtime. */
import { AwsError } from '../../types.ts';

export interface LocalTime {
  year: number;
  /** 1 is January. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone);
  if (!known) {
    try {
      const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
      known = new Intl.DateTimeFormat('en-US', { ...fields, timeZone, hourCycle: 'h23', calendar: 'gregory' });
    } catch {
      throw new AwsError('ValidationException', `The provided time zone ${timeZone} is invalid.`);
    }
    formats.set(timeZone, known);
  }
  return known;
}

/** Throws ValidationException on a time zone that is not known. */
export function localTime(instant: number, timeZone: string): LocalTime {
  const time: LocalTime = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of format(timeZone).formatToParts(instant)) {
    if (type in time) time[type as keyof LocalTime] = Number(value);
  }
  return time;
}

/** The first instant with this local time; undefined when the clocks skip it. */
export function toInstant(time: LocalTime, timeZone: string): number | undefined {
  const guess = asUtc(time);
  if (timeZone === 'UTC') return guess;
  // The offset is one of those in force a day before and a day after; the earlier instant comes from the larger offset.
  const offsets = [guess - 86_400_000, guess + 86_400_000].map((near) => asUtc(localTime(near, timeZone)) - near);
  return offsets
    .sort((one, other) => other - one)
    .map((offset) => guess - offset)
    .find((instant) => asUtc(localTime(instant, timeZone)) === guess);
}

function asUtc({ year, month, day, hour, minute }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
