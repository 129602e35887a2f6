import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { linksSchema } from '../list.ts';

const channels = { inApp: z.boolean(), email: z.boolean(), sms: z.boolean(), push: z.boolean() };
const channelsSchema = z.strictObject(channels);

export const preferencesFields = {
  theme: z.enum(['system', 'light', 'dark']),
  notifications: z.strictObject({
    orderUpdates: channelsSchema,
    lowStock: channelsSchema,
    securityAlerts: z.strictObject({
      ...channels,
      email: z.literal(true, 'security alerts always come by e-mail').meta({ description: 'Can not be turned off' }),
    }),
    supportReplies: channelsSchema,
    productNews: channelsSchema,
  }),
};
const fields = z.strictObject(preferencesFields);
export type Preferences = z.output<typeof fields>;

/** What holds until somebody says otherwise: the application and mail, and news by nothing. */
const usual = { inApp: true, email: true, sms: false, push: false };
export const usualPreferences: Preferences = {
  theme: 'system',
  notifications: {
    orderUpdates: usual,
    lowStock: usual,
    securityAlerts: { ...usual, email: true },
    supportReplies: usual,
    productNews: { ...usual, inApp: false, email: false },
  },
};

export const preferencesSchema = z.object({
  userId: idSchema('user'),
  ...preferencesFields,
  version: z.number().int().meta({ description: '0 until they are set for the first time' }),
  _links: linksSchema,
});

export const preferencesExample = {
  userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  ...usualPreferences,
  version: 0,
  _links: { self: { href: '/api/v1/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0/preferences', method: 'GET' as const } },
} satisfies z.input<typeof preferencesSchema>;
