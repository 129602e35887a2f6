import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { linksSchema, moment } from '../list.ts';

export const securityEventKinds = [
  'login',
  'login-failed',
  'logout',
  'session-revoked',
  'sessions-ended',
  'refresh-token-reused',
  'password-changed',
  'password-reset-asked',
  'password-reset',
  'mfa-enabled',
  'mfa-disabled',
  'backup-codes-renewed',
  'backup-code-used',
  'account-secured',
  'client-report',
] as const;
export type SecurityEventKind = (typeof securityEventKinds)[number];

export const securityRisks = ['low', 'medium', 'high'] as const;
export type SecurityRisk = (typeof securityRisks)[number];

/** Something that mattered to the safety of an account. */
export const securityEventSchema = z.object({
  id: idSchema('securityEvent'),
  kind: z.enum(securityEventKinds),
  at: moment,
  ip: z.string(),
  device: z.string().meta({ description: 'Browser and system', example: 'Firefox on Windows' }),
  country: z.string().optional().meta({ description: 'ISO 3166 code' }),
  risk: z.enum(securityRisks),
  reasons: z.array(z.string()).meta({ description: 'What raised the risk' }),
  details: z.record(z.string(), z.string()).optional(),
  _links: linksSchema,
});

export const securityEventExample = {
  id: 'sev_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  kind: 'login',
  at: '2026-11-21T09:30:00.000Z',
  ip: '203.0.113.7',
  device: 'Firefox on Windows',
  country: 'GB',
  risk: 'medium',
  reasons: ['new-device'],
  _links: { list: { href: '/api/v1/auth/audit-log', method: 'GET' } },
} satisfies z.input<typeof securityEventSchema>;
