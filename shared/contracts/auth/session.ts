import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { linksSchema, moment } from '../list.ts';

/** A sign-in that has not ended. */
export const sessionSchema = z.object({
  id: idSchema('session'),
  current: z.boolean().meta({ description: 'Whether this request belongs to it' }),
  device: z.string().meta({ description: 'Browser and system', example: 'Firefox on Windows' }),
  ip: z.string(),
  country: z.string().optional().meta({ description: 'ISO 3166 code' }),
  createdAt: moment,
  lastSeenAt: moment.meta({
    description: 'Of its sign-in or last refresh: at most 15 minutes behind while it is in use',
  }),
  endsAt: moment.meta({ description: 'When it ends whatever its user does' }),
  rememberMe: z.boolean(),
  _links: linksSchema,
});

export const sessionExample = {
  id: 'ses_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  current: true,
  device: 'Firefox on Windows',
  ip: '203.0.113.7',
  country: 'GB',
  createdAt: '2026-11-21T09:30:00.000Z',
  lastSeenAt: '2026-11-21T09:45:00.000Z',
  endsAt: '2026-11-22T09:30:00.000Z',
  rememberMe: false,
  _links: { revoke: { href: '/api/v1/auth/sessions/ses_01JD3Z5QW8X7V6T5S4R3Q2P1N0', method: 'DELETE' } },
} satisfies z.input<typeof sessionSchema>;
