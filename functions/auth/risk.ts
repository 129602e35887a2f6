/** How dangerous a sign-in looks beside what happened to the account before. Pure. */
import type { SecurityRisk } from '../../shared/contracts/auth/security-event.ts';
import type { SecurityEvent } from './security-event.table.ts';

export const riskReasons = ['new-device', 'new-country', 'many-failures', 'impossible-travel'] as const;
export type RiskReason = (typeof riskReasons)[number];

const FAILURES = 3;
const FAILURES_WITHIN_MS = 15 * 60_000;
/** Nobody is in two countries within it, border regions and networks that change their exit apart: those are told all the same. */
const TRAVEL_MS = 60 * 60_000;

/**
 * `recent`: the newest events of the account. `first`: it was never signed in to before, so that everything is new and nothing
 * suspicious.
 */
export function riskOfLogin(
  recent: readonly SecurityEvent[],
  { device, country, first, now }: { device: string; country?: string; first: boolean; now: Date },
): { risk: SecurityRisk; reasons: RiskReason[] } {
  const age = ({ at }: SecurityEvent) => now.getTime() - Date.parse(at);
  const logins = recent.filter(({ kind }) => kind === 'login');
  const last = logins.reduce<SecurityEvent | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined);
  const failures = recent.filter((event) => event.kind === 'login-failed' && age(event) < FAILURES_WITHIN_MS);
  const is: Record<RiskReason, boolean> = {
    'new-device': !first && !logins.some((login) => login.device === device),
    'new-country': !first && country !== undefined && !logins.some((login) => login.country === country),
    'many-failures': failures.length >= FAILURES,
    'impossible-travel':
      country !== undefined && last?.country !== undefined && last.country !== country && age(last) < TRAVEL_MS,
  };
  const reasons = riskReasons.filter((reason) => is[reason]);
  const high = is['impossible-travel'] || reasons.length > 1;
  return { risk: high ? 'high' : reasons.length > 0 ? 'medium' : 'low', reasons };
}
