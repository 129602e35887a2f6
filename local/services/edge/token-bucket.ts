/** Token bucket as API Gateway throttles: `burst` requests at once, `rate` requests a second on average. */
export interface TokenBucket {
  /** Takes one token; false when there is none. `nowMs` is in milliseconds. */
  take(nowMs: number): boolean;
}

export interface ThrottleLimits {
  /** Requests that may come at once. */
  burst: number;
  /** Requests a second. */
  rate: number;
}

export function createTokenBucket({ burst, rate }: ThrottleLimits): TokenBucket {
  let tokens = burst;
  let filledAt: number | undefined;
  return {
    take(nowMs) {
      tokens = Math.min(burst, tokens + ((nowMs - (filledAt ?? nowMs)) / 1000) * rate);
      filledAt = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** Limits as they stand in a template or OpenAPI; undefined when neither is set, which means no throttle of this level. */
export function throttleLimits(burst: number | undefined, rate: number | undefined): ThrottleLimits | undefined {
  if (burst === undefined && rate === undefined) return undefined;
  return { burst: burst ?? 5000, rate: rate ?? 10_000 };
}
