/** How security events are kept: what happened to a user's account, newest last. */
import type { SecurityEventKind, SecurityRisk } from '../../shared/contracts/auth/security-event.ts';
import { entity } from '../platform/entity.ts';

export interface SecurityEvent {
  userId: string;
  /** `sev_…`: sorts by time. */
  id: string;
  kind: SecurityEventKind;
  at: string;
  ip: string;
  userAgent: string;
  device: string;
  country?: string;
  risk: SecurityRisk;
  /** What raised the risk. */
  reasons?: readonly string[];
  details?: Readonly<Record<string, string>>;
  /** Epoch second at which it may be forgotten. */
  expires: number;
}

export const securityEvents = entity<SecurityEvent>()({
  name: 'SecurityEvent',
  partition: 'SECURITYEVENT',
  describes: 'Something that mattered to the safety of an account',
  keyShape: 'SECURITYEVENT#<user id> / SECURITYEVENT#<event id>',
  key: (k: { userId: string; id: string }) => ({
    pk: `SECURITYEVENT#${k.userId}`,
    sk: `SECURITYEVENT#${k.id}`,
  }),
  keyOf: ({ userId, id }) => ({ userId, id }),
  patterns: {
    ofUser: {
      reads: 'Security events of a user, by time',
      range: ({ userId }: { userId: string }) => ({
        pk: `SECURITYEVENT#${userId}`,
        sk: { beginsWith: 'SECURITYEVENT#' },
      }),
    },
  },
  expires: 'expires',
});
