/** Usage plans: who may call which stage, how fast and how often. Time is UTC, as AWS counts its periods. */
import type { JsonObject } from '../../types.ts';
import { listOf, numberOf, objectOf, textOf } from '../edge/properties.ts';
import { createTokenBucket, type ThrottleLimits, type TokenBucket, throttleLimits } from '../edge/token-bucket.ts';
import type { ApiKey, UsageStore } from './usage-store.ts';

export type Period = 'DAY' | 'WEEK' | 'MONTH';

export interface UsagePlan {
  id: string;
  name: string;
  description: string;
  throttle: ThrottleLimits | undefined;
  quota: { limit: number; offset: number; period: Period } | undefined;
  apiStages: { apiId: string; stage: string; throttles: Map<string, ThrottleLimits> }[];
}

/** From `AWS::ApiGateway::UsagePlan`. */
export function readUsagePlan(id: string, properties: JsonObject): UsagePlan {
  const quota = objectOf(properties.Quota);
  const limit = numberOf(quota.Limit);
  const period = textOf(quota.Period) ?? 'DAY';
  if (period !== 'DAY' && period !== 'WEEK' && period !== 'MONTH') throw new Error(`Unknown quota period ${period}.`);
  return {
    id,
    name: textOf(properties.UsagePlanName) ?? id,
    description: textOf(properties.Description) ?? '',
    throttle: readThrottle(objectOf(properties.Throttle)),
    quota: limit === undefined ? undefined : { limit, offset: numberOf(quota.Offset) ?? 0, period },
    apiStages: listOf(properties.ApiStages).map((item) => {
      const { ApiId, Stage, Throttle } = objectOf(item);
      const throttles = new Map<string, ThrottleLimits>();
      for (const [method, settings] of Object.entries(objectOf(Throttle))) {
        const limits = readThrottle(objectOf(settings));
        if (limits) throttles.set(method, limits);
      }
      return { apiId: textOf(ApiId) ?? '', stage: textOf(Stage) ?? '', throttles };
    }),
  };
}

function readThrottle(settings: JsonObject): ThrottleLimits | undefined {
  return throttleLimits(numberOf(settings.BurstLimit), numberOf(settings.RateLimit));
}

export type Admission =
  | { kind: 'admitted'; key: ApiKey }
  /** No key, an unknown or disabled one, or one whose plans don't cover the stage. */
  | { kind: 'forbidden' }
  | { kind: 'throttled' }
  | { kind: 'quota-exceeded' };

export interface Meter {
  /** Decides on one request and counts it when it is admitted. */
  admit(keyValue: string | undefined, apiId: string, stage: string, path: string, method: string): Admission;
  /** Forgets buckets and counters of a plan or key that changed; what was counted stays on disk. */
  reset(): void;
}

/** `now` in milliseconds since 1970. */
export function createMeter(store: UsageStore, plans: ReadonlyMap<string, UsagePlan>, now: () => number): Meter {
  const buckets = new Map<string, TokenBucket>();
  const counters = new Map<string, { periodStart: string; used: number }>();

  function take(id: string, limits: ThrottleLimits | undefined, nowMs: number): boolean {
    if (!limits) return true;
    const bucket = buckets.get(id) ?? createTokenBucket(limits);
    buckets.set(id, bucket);
    return bucket.take(nowMs);
  }

  function countWithin(plan: UsagePlan, keyId: string, nowMs: number): boolean {
    const day = dayOf(nowMs);
    if (!plan.quota) {
      store.count(plan.id, keyId, day);
      return true;
    }
    const id = `${plan.id}/${keyId}`;
    const periodStart = startOfPeriod(plan.quota.period, nowMs);
    let counter = counters.get(id);
    if (counter?.periodStart !== periodStart) {
      const used = store.usage(plan.id, keyId, periodStart, day).reduce((sum, entry) => sum + entry.used, 0);
      counter = { periodStart, used };
      counters.set(id, counter);
    }
    if (counter.used >= plan.quota.limit) return false;
    counter.used += 1;
    store.count(plan.id, keyId, day);
    return true;
  }

  return {
    admit(keyValue, apiId, stage, path, method) {
      const key = keyValue === undefined ? undefined : store.keyByValue(keyValue);
      if (!key?.enabled) return { kind: 'forbidden' };
      for (const planId of store.planIdsOf(key.id)) {
        const plan = plans.get(planId);
        const apiStage = plan?.apiStages.find((item) => item.apiId === apiId && item.stage === stage);
        if (!plan || !apiStage) continue;
        const nowMs = now();
        const own = apiStage.throttles.get(`${path}/${method}`);
        const bucket = own ? `${planId}/${key.id}/${apiId}/${stage}${path}/${method}` : `${planId}/${key.id}`;
        if (!take(bucket, own ?? plan.throttle, nowMs)) return { kind: 'throttled' };
        return countWithin(plan, key.id, nowMs) ? { kind: 'admitted', key } : { kind: 'quota-exceeded' };
      }
      return { kind: 'forbidden' };
    },
    reset() {
      buckets.clear();
      counters.clear();
    },
  };
}

/** `2026-11-21`. */
export function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

/** First day of the period that holds the moment: today, the last Sunday, or the first of the month. */
export function startOfPeriod(period: Period, epochMs: number): string {
  const date = new Date(epochMs);
  if (period === 'WEEK') date.setUTCDate(date.getUTCDate() - date.getUTCDay());
  if (period === 'MONTH') date.setUTCDate(1);
  return date.toISOString().slice(0, 10);
}
