/** What each plan allows: the only place where limits stand. */

export const plans = ['Free', 'Pro', 'Enterprise'] as const;
export type Plan = (typeof plans)[number];

export interface PlanLimits {
  /** Partner API: steady requests a second, and the burst above it. */
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** Partner API: requests a calendar month. */
  readonly requestsPerMonth: number;
  readonly apiKeys: number;
  readonly webhooks: number;
  readonly analyticsRetentionDays: number;
}

export const planLimits: Readonly<Record<Plan, PlanLimits>> = {
  Free: {
    requestsPerSecond: 5,
    burst: 10,
    requestsPerMonth: 10_000,
    apiKeys: 1,
    webhooks: 1,
    analyticsRetentionDays: 90,
  },
  Pro: {
    requestsPerSecond: 50,
    burst: 100,
    requestsPerMonth: 1_000_000,
    apiKeys: 10,
    webhooks: 10,
    analyticsRetentionDays: 730,
  },
  Enterprise: {
    requestsPerSecond: 500,
    burst: 1_000,
    requestsPerMonth: 50_000_000,
    apiKeys: 100,
    webhooks: 100,
    analyticsRetentionDays: 3_650,
  },
};

/** Browser face, whatever the plan: requests that the firewall lets through in a window, from one address and by one session. */
export const edgeLimits = { perAddress: 5_000, perSession: 3_000, windowSeconds: 300 } as const;
