import { isLive, type News, standingOf, withTold } from './feed.ts';
import type { Feed, KeptNotification } from './notification.table.ts';

const news: News = { id: 'ntf', kind: 'orderUpdates', title: '', body: '', path: '', createdAt: '' };
const days = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);

/** A year in which `perDay` notifications arrive each day. */
function year(perDay: number) {
  let feed: Feed | undefined;
  const kept: KeptNotification[] = [];
  for (let day = 0; day < 365; day++) {
    const told: News[] = Array.from({ length: perDay }, () => news);
    const { next, added } = withTold('usr_1', feed, told, days(day));
    feed = next;
    kept.push(...added);
  }
  return { feed: feed as Feed, kept };
}

test('the count is that of the notifications that still count, at every moment', () => {
  const { feed, kept } = year(3);
  for (let day = 365; day < 480; day++) {
    const now = days(day);
    const live = kept.filter((one) => isLive(one, now));
    const read = [1, kept.length - 10];
    expect(standingOf(feed, read, now)).toEqual({
      total: live.length,
      unread: live.filter(({ n }) => n > kept.length - 10).length,
    });
  }
  // 90 days, and the rest of the week in which it arrived.
  expect(kept.filter((one) => isLive(one, days(364))).length / 3).toBeGreaterThanOrEqual(90);
  expect(kept.filter((one) => isLive(one, days(364))).length / 3).toBeLessThanOrEqual(98);
});

test('numbers have no gaps, and a feed remembers no week longer than it counts', () => {
  const { feed, kept } = year(1);
  expect(kept.map(({ n }) => n)).toEqual(Array.from({ length: 365 }, (_, i) => i + 1));
  expect(Object.keys(feed.starts).length).toBeLessThanOrEqual(15);
});

test('a clock that is behind does not begin a week that has ended', () => {
  const { next } = withTold('usr_1', undefined, [news], days(10));
  const { next: later, added } = withTold('usr_1', next, [news], days(1));
  expect(later).toMatchObject({ last: 2, week: next.week, starts: next.starts });
  expect(added[0]).toMatchObject({ n: 2 });
});
