import * as fc from 'fast-check';
import { heightOf, labelledPlaces, placeOf, smoothPath, ticksFor } from './scale';

test('an axis has round steps that hold every value and zero', () => {
  expect(ticksFor([3, 97])).toEqual([0, 25, 50, 75, 100]);
  expect(ticksFor([1_234.56])).toEqual([0, 500, 1_000, 1_500]);
  expect(ticksFor([0.12, 0.3])).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticksFor([-40, 60])).toEqual([-50, -25, 0, 25, 50, 75]);
});

test('what is counted is never labelled by fractions, and nothing at all still has an axis', () => {
  expect(ticksFor([1, 0])).toEqual([0, 1]);
  expect(ticksFor([0, 3])).toEqual([0, 1, 2, 3]);
  expect(ticksFor([9])).toEqual([0, 3, 6, 9]);
  expect(ticksFor([])).toEqual([0, 1]);
  expect(ticksFor([0, 0])).toEqual([0, 1]);
});

test('every value stands within its axis, whatever the values are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e11, max: 1e11 }), { minLength: 1 }), (minor) => {
      const values = minor.map((each) => each / 100);
      const ticks = ticksFor(values);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const value of values) {
        expect(heightOf(value, ticks)).toBeGreaterThanOrEqual(-1e-6);
        expect(heightOf(value, ticks)).toBeLessThanOrEqual(100 + 1e-6);
      }
    }),
  );
});

test('points are spread over the whole width; labels leave each other room', () => {
  expect([placeOf(0, 1), placeOf(0, 3), placeOf(2, 3)]).toEqual([50, 0, 100]);
  expect(labelledPlaces(Array.from({ length: 30 }, () => '28 Oct'))).toEqual([0, 5, 10, 15, 20, 25]);
  expect(labelledPlaces(Array.from({ length: 168 }, () => '28 Oct, 09:00'))).toHaveLength(3);
});

test('a line between two points stays between them', () => {
  expect(smoothPath([])).toBe('');
  const path = smoothPath([0, 0, 80, 80, 10].map((y, x) => ({ x: x * 10, y })));
  const heights = [...path.matchAll(/[\d.]+ ([-\d.]+)/g)].map(([, y]) => Number(y));
  expect(Math.min(...heights)).toBe(0);
  expect(Math.max(...heights)).toBe(80);
});
