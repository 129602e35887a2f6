import fc from 'fast-check';
import { countRead, isRead, MOST_RANGES, type ReadNumbers, withAllRead, withRead } from './numbers.ts';

const act = fc.record({ all: fc.boolean(), n: fc.integer({ min: 1, max: 40 }) });

test('ranges say exactly what a set of the same numbers says', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const set = new Set<number>();
      let read: ReadNumbers = [];
      for (const { all, n } of acts) {
        for (let i = all ? 1 : n; i <= n; i++) set.add(i);
        read = all ? withAllRead(read, n) : withRead(read, n);
      }
      for (let n = 1; n <= 41; n++) expect(isRead(read, n)).toBe(set.has(n));
      expect(countRead(read, 5, 30)).toBe([...set].filter((n) => n >= 5 && n <= 30).length);
      // Ascending, neither overlapping nor touching.
      for (let i = 2; i < read.length; i += 2) expect(read[i]).toBeGreaterThan((read[i - 1] as number) + 1);
    }),
  );
});

test('what is left unread between too many ranges counts as read, the oldest first', () => {
  let read: ReadNumbers = [];
  for (let i = 0; i <= MOST_RANGES; i++) read = withRead(read, 1 + 2 * i);
  expect(read).toHaveLength(2 * MOST_RANGES);
  expect([isRead(read, 2), isRead(read, 4)]).toEqual([true, false]);
});
