/** Counters of the operations' own rate limits, one per caller and window. They vanish by themselves. */
import { entity } from '../entity.ts';

export interface RateLimitCounter {
  /** Operation, kind of caller, hash of the caller, number of the window. */
  id: string;
  /** Requests so far. */
  n: number;
  /** Epoch second at which the window is over. */
  expires: number;
}

export const rateLimits = entity<RateLimitCounter>()({
  name: 'RateLimit',
  partition: 'RATELIMIT',
  describes: 'How often a caller has called an operation in the present window',
  keyShape: 'RATELIMIT#<operation>#<per>#<caller hash>#<window> / RATELIMIT',
  key: ({ id }: { id: string }) => ({ pk: `RATELIMIT#${id}`, sk: 'RATELIMIT' }),
  keyOf: ({ id }) => ({ id }),
  patterns: {},
  expires: 'expires',
  derived: true,
});
