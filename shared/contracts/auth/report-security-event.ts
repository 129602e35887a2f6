import * as z from 'zod';
import { contract } from '../contract.ts';
import { securityEventExample, securityEventSchema } from './security-event.ts';

export const reportSecurityEvent = contract({
  id: 'auth.report-security-event',
  method: 'POST',
  path: '/auth/audit-log',
  summary: 'Report what a client has seen',
  description: 'Goes into the own security events, marked as the client’s word.',
  permission: 'sessions:write',
  body: z.strictObject({
    what: z.enum(['content-policy-violation', 'unexpected-sign-out', 'unknown-change', 'other']).meta({
      description: 'What was seen',
    }),
    note: z.string().trim().min(1).max(500).optional(),
  }),
  success: 201,
  output: securityEventSchema,
  errors: [],
  rateLimit: [{ per: 'user', limit: 30, windowSeconds: 900 }],
  example: {
    body: { what: 'unknown-change', note: 'I did not change my name' },
    output: { ...securityEventExample, kind: 'client-report', risk: 'low', reasons: [] },
  },
});
