import { createTokenBucket } from './token-bucket.ts';

test('a bucket gives its burst at once and then its rate', () => {
  const bucket = createTokenBucket({ burst: 2, rate: 10 });
  expect([0, 0, 0, 99, 100, 100].map((ms) => bucket.take(ms))).toEqual([true, true, false, false, true, false]);
});

test('a rest fills a bucket to its burst and no further', () => {
  const bucket = createTokenBucket({ burst: 2, rate: 10 });
  expect([0, 0, 60_000, 60_000, 60_000].map((ms) => bucket.take(ms))).toEqual([true, true, true, true, false]);
});
