/** Milliseconds after which a dashboard that is looked at is read again: an order shows within five seconds. */
export const LIVE_MS = 3_000;
/** What changes more slowly. */
export const CALM_MS = 10_000;
