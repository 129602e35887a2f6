import type { EdgeResponse } from '../../types.ts';
import { createEdgeCache, timeToLive } from './edge-cache.ts';
import { MANAGED_CACHE_POLICIES } from './policies.ts';

const policy = (more = {}) => ({
  ...(MANAGED_CACHE_POLICIES.get('658327ea-f89d-4fab-a63d-7e88639e58f6') as NonNullable<
    ReturnType<typeof MANAGED_CACHE_POLICIES.get>
  >),
  minTtl: 0,
  defaultTtl: 100,
  maxTtl: 1000,
  ...more,
});
const response = (headers: EdgeResponse['headers'] = {}, status = 200, size = 1): EdgeResponse => ({
  status,
  headers,
  body: Buffer.alloc(size),
});

describe('time to live', () => {
  test.each([
    [{}, 100],
    [{ 'cache-control': 'max-age=10' }, 10],
    [{ 'cache-control': 'max-age=10, s-maxage=20' }, 20],
    [{ 'cache-control': 'max-age=5000' }, 1000],
    [{ 'cache-control': 'private, max-age=10' }, 0],
    [{ expires: new Date(30_000).toUTCString() }, 30],
    [{ expires: '0' }, 0],
  ])('%j keeps for %i seconds', (headers, seconds) => {
    expect(timeToLive(policy(), response(headers as EdgeResponse['headers']), 10, 0)).toBe(seconds);
  });

  test('a minimum keeps even what the origin would not', () => {
    expect(timeToLive(policy({ minTtl: 5 }), response({ 'cache-control': 'no-store' }), 10, 0)).toBe(5);
  });

  test('errors are kept for their own time, and nothing where the cache is off', () => {
    expect(timeToLive(policy(), response({}, 404), 10, 0)).toBe(10);
    expect(timeToLive(policy(), response({}, 403), 10, 0)).toBe(0);
    expect(timeToLive(policy({ maxTtl: 0 }), response({}, 503), 10, 0)).toBe(0);
  });
});

describe('edge cache', () => {
  test('an entry is gone when its time is over', () => {
    const cache = createEdgeCache();
    cache.set('k', '/k', response(), 10, 0);
    expect(cache.get('k', 9_999)).toBeDefined();
    expect(cache.get('k', 10_000)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  test('beyond its bytes it lets go of what was used longest ago', () => {
    const cache = createEdgeCache(250);
    for (const key of ['a', 'b']) cache.set(key, `/${key}`, response({}, 200, 100), 10, 0);
    cache.get('a', 1);
    cache.set('c', '/c', response({}, 200, 100), 10, 0);
    expect(['a', 'b', 'c'].map((key) => cache.get(key, 1) !== undefined)).toEqual([true, false, true]);
  });

  test('an invalidation removes what its paths name', () => {
    const cache = createEdgeCache();
    for (const uri of ['/a/1', '/a/2', '/b']) cache.set(uri, uri, response(), 10, 0);
    expect(cache.invalidate(['/a/*'])).toBe(2);
    expect(cache.get('/b', 1)).toBeDefined();
  });
});
