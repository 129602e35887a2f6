import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { roles } from '../../permissions.ts';
import { plans } from '../../plans.ts';
import { linksSchema, moment } from '../list.ts';
import { avatarExample, avatarSchema } from './avatar.ts';

export const userStatus = z.enum(['pending', 'active', 'suspended', 'inactive']).meta({
  description: 'pending: the e-mail address is not confirmed; suspended: shut out by staff; inactive: deleted',
});

/** A user as lists show it. */
export const userSummarySchema = z.object({
  id: idSchema('user'),
  email: z.string().meta({ example: 'ann@example.com' }),
  username: z.string().optional(),
  name: z.string(),
  avatar: avatarSchema.optional(),
  role: z.enum(roles),
  plan: z.enum(plans),
  status: userStatus,
  lastLoginAt: moment.optional(),
  createdAt: moment,
  _links: linksSchema,
});

export const userSchema = z.object({
  ...userSummarySchema.omit({ _links: true }).shape,
  company: z.string().optional(),
  emailVerifiedAt: moment.optional(),
  mfaEnabled: z.boolean(),
  marketingConsent: z.boolean(),
  acceptedTermsAt: moment.optional(),
  invitedAt: moment.optional().meta({ description: 'Was made by staff' }),
  suspendedAt: moment.optional(),
  suspendedReason: z.string().optional().meta({ description: 'Why, in the words of who suspended' }),
  deletedAt: moment.optional().meta({ description: 'Only who may restore users sees deleted ones' }),
  updatedAt: moment,
  version: z.number().int(),
  _links: linksSchema,
});

export const userSummaryExample = {
  id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  email: 'ann@example.com',
  username: 'ann',
  name: 'Ann Archer',
  avatar: avatarExample,
  role: 'user',
  plan: 'Free',
  status: 'active',
  lastLoginAt: '2026-11-21T09:00:00.000Z',
  createdAt: '2026-11-20T09:30:00.000Z',
  _links: { self: { href: '/api/v1/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', method: 'GET' } },
} satisfies z.input<typeof userSummarySchema>;

export const userExample = {
  ...userSummaryExample,
  company: 'Archer Ltd',
  emailVerifiedAt: '2026-11-20T09:35:00.000Z',
  mfaEnabled: false,
  marketingConsent: false,
  acceptedTermsAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  version: 3,
} satisfies z.input<typeof userSchema>;
