import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { linksSchema } from '../list.ts';
import { avatarExample, avatarSchema } from './avatar.ts';
import { avatarUploadSchema } from './avatar-upload.ts';

const isTimeZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
};
const isLocale = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

export const profileFields = {
  firstName: z.string().trim().min(1).max(50).optional(),
  lastName: z.string().trim().min(1).max(50).optional(),
  bio: z.string().trim().min(1).max(500).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a number in international form, such as +442079460000')
    .optional()
    .meta({ example: '+442079460000' }),
  timeZone: z.string().max(50).refine(isTimeZone, 'must be a time zone such as Europe/London').optional(),
  locale: z.string().max(35).refine(isLocale, 'must be a language tag such as en-GB').optional(),
};

export const profileSchema = z.object({
  userId: idSchema('user'),
  ...profileFields,
  avatar: avatarSchema.optional(),
  avatarUpload: avatarUploadSchema.optional().meta({ description: 'Only when the profile is read' }),
  version: z.number().int().meta({ description: '0 until it is set for the first time' }),
  _links: linksSchema,
});

export const profileExample = {
  userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  firstName: 'Ann',
  lastName: 'Archer',
  timeZone: 'Europe/London',
  locale: 'en-GB',
  avatar: avatarExample,
  version: 1,
  _links: { self: { href: '/api/v1/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0/profile', method: 'GET' as const } },
} satisfies z.input<typeof profileSchema>;
