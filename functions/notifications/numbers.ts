/** Ranges of numbers that are read: from, to, from, to, …, ascending, neither overlapping nor touching. Pure. */
export type ReadNumbers = readonly number[];

/**
 * Most ranges of one reader, so that their item stays small (about 4 kB). They are many only when somebody reads here and there and leaves
 * the rest; beyond it the oldest unread ones count as read.
 */
export const MOST_RANGES = 250;

export function isRead(read: ReadNumbers, n: number): boolean {
  for (let i = 0; i < read.length; i += 2) if (n >= from(read, i) && n <= to(read, i)) return true;
  return false;
}

/** With one more number read. */
export function withRead(read: ReadNumbers, n: number): ReadNumbers {
  if (isRead(read, n)) return read;
  const next: number[] = [];
  let [first, last] = [n, n];
  for (let i = 0; i < read.length; i += 2) {
    if (to(read, i) === first - 1) first = from(read, i);
    else if (from(read, i) === last + 1) last = to(read, i);
    else next.push(from(read, i), to(read, i));
  }
  const at = next.findIndex((number, i) => i % 2 === 0 && number > last);
  next.splice(at === -1 ? next.length : at, 0, first, last);
  if (next.length > 2 * MOST_RANGES) next.splice(1, 2);
  return next;
}

/** With all numbers up to `last` read. */
export function withAllRead(read: ReadNumbers, last: number): ReadNumbers {
  const later = read.filter((_, i) => to(read, i - (i % 2)) > last);
  const [first, ...rest] = later;
  if (first === undefined) return [1, last];
  return first <= last + 1 ? [1, ...rest] : [1, last, ...later];
}

/** How many of the numbers `first` to `last` are read. */
export function countRead(read: ReadNumbers, first: number, last: number): number {
  let count = 0;
  for (let i = 0; i < read.length; i += 2)
    count += Math.max(0, Math.min(last, to(read, i)) - Math.max(first, from(read, i)) + 1);
  return count;
}

const from = (read: ReadNumbers, i: number) => read[i] as number;
const to = (read: ReadNumbers, i: number) => read[i + 1] as number;
