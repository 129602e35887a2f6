/** Where things stand in a chart. Pure: no size in pixels is ever asked, so nothing has to be measured before the first paint. */

/** 1, 2, 2.5 or 5 times a power of ten: the smallest that is not below `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5].find((each) => each * power >= rough - power * 1e-9) ?? 10;
  return factor * power;
}

/**
 * Values of an axis, from the lowest up in equal steps: round numbers about `intervals` apart that hold all values and zero. Whole values get
 * whole steps.
 */
export function ticksFor(values: readonly number[], intervals = 4): number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const least = values.every(Number.isInteger) ? 1 : 0;
  // Nothing but zeros: an axis to one, on whose ground the line lies.
  const step = high === low ? 1 : Math.max(least, niceStep((high - low) / intervals));
  const rounded = least === 1 ? Math.ceil(step) : step;
  const first = Math.floor(low / rounded);
  const last = Math.max(first + 1, Math.ceil(high / rounded - 1e-9));
  // Products, not sums: 0.1 + 0.2 is no label. Twelve digits are more than an axis shows.
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * rounded).toPrecision(12)));
}

/** Percent from the top at which a value stands between the first and the last tick. */
export function heightOf(value: number, ticks: readonly number[]): number {
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return 100 - ((value - low) / (high - low)) * 100;
}

/** Percent from the start at which point `index` of `count` stands; a single one stands in the middle. */
export function placeOf(index: number, count: number): number {
  return count === 1 ? 50 : (index / (count - 1)) * 100;
}

const PIXELS_OF_A_LETTER = 7;
const GAP_OF_LABELS = 24;
/** Room of a chart in half of a wide page; a narrower one shows every other label. */
const ROOM_FOR_LABELS = 420;

/** The places among `labels` that are written below the chart, as many as fit beside each other. */
export function labelledPlaces(labels: readonly string[]): number[] {
  const longest = Math.max(1, ...labels.map(({ length }) => length));
  const fit = Math.max(2, Math.floor(ROOM_FOR_LABELS / (longest * PIXELS_OF_A_LETTER + GAP_OF_LABELS)));
  const step = Math.max(1, Math.ceil(labels.length / fit));
  return labels.map((_, index) => index).filter((index) => index % step === 0);
}

/**
 * A smooth path through points of equal distance that never rises above or falls below them (monotone cubic, after Fritsch and Carlson): the
 * line between two days shows nothing that neither day had.
 */
export function smoothPath(points: readonly { x: number; y: number }[]): string {
  const [start] = points;
  if (!start) return '';
  const rises = points.slice(1).map(({ y }, index) => y - (points[index]?.y ?? y));
  const tangentAt = (index: number): number => {
    const before = rises[index - 1];
    const after = rises[index];
    if (before === undefined) return after ?? 0;
    if (after === undefined) return before;
    if (before * after <= 0) return 0;
    return Math.sign(before) * Math.min(Math.abs(before), Math.abs(after), Math.abs(before + after) / 2);
  };
  const path = [`M${number(start.x)} ${number(start.y)}`];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (!next) break;
    const third = (next.x - point.x) / 3;
    const leaving = point.y + tangentAt(index) / 3;
    const arriving = next.y - tangentAt(index + 1) / 3;
    path.push(
      `C${number(point.x + third)} ${number(leaving)} ${number(next.x - third)} ${number(arriving)} ${number(next.x)} ${number(next.y)}`,
    );
  }
  return path.join('');
}

/** Two decimals of a percent are finer than a pixel. */
const number = (value: number) => String(Math.round(value * 100) / 100);
