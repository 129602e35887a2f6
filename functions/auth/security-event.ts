/** The rules of security events. Pure. */
import type * as z from 'zod';
import type {
  SecurityEventKind,
  SecurityRisk,
  securityEventSchema,
} from '../../shared/contracts/auth/security-event.ts';
import type { Link } from '../../shared/contracts/list.ts';
import type { SecurityEvent } from './security-event.table.ts';
import { type Client, placeOf } from './session.ts';

/** More than a year, so that what an auditor asks for in the next one is still there. */
const KEPT_SECONDS = 400 * 86_400;

/** How dangerous an act is by itself, before anything about the person raises it. */
const risks: Readonly<Record<SecurityEventKind, SecurityRisk>> = {
  login: 'low',
  'login-failed': 'medium',
  logout: 'low',
  'session-revoked': 'low',
  'sessions-ended': 'low',
  'refresh-token-reused': 'high',
  'password-changed': 'medium',
  'password-reset-asked': 'low',
  'password-reset': 'medium',
  'mfa-enabled': 'low',
  'mfa-disabled': 'high',
  'backup-codes-renewed': 'medium',
  'backup-code-used': 'medium',
  'account-secured': 'high',
  'client-report': 'low',
};

export function securityEvent(
  kind: SecurityEventKind,
  { userId, id, client, now }: { userId: string; id: string; client: Client; now: Date },
  more: Pick<SecurityEvent, 'reasons' | 'details'> & { risk?: SecurityRisk } = {},
): SecurityEvent {
  return {
    userId,
    id,
    kind,
    at: now.toISOString(),
    ...placeOf(client),
    risk: risks[kind],
    ...more,
    expires: Math.floor(now.getTime() / 1_000) + KEPT_SECONDS,
  };
}

/** The event as the API shows it. */
export function securityEventView(
  event: SecurityEvent,
  _links: Record<string, Link>,
): z.input<typeof securityEventSchema> {
  const { id, kind, at, ip, device, country, risk, reasons = [], details } = event;
  return { id, kind, at, ip, device, country, risk, reasons: [...reasons], details, _links };
}
