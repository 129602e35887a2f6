import * as z from 'zod';
import { securityEventExample, securityEventSchema } from '../auth/security-event.ts';
import { sessionExample, sessionSchema } from '../auth/session.ts';
import { contract } from '../contract.ts';
import { linksSchema, moment } from '../list.ts';
import { notificationExample, notificationSchema } from '../notifications/notification.ts';
import { orderExample, orderSchema } from '../orders/order.ts';
import { userParams } from './fields.ts';
import { preferencesExample, preferencesSchema } from './preferences.ts';
import { profileExample, profileSchema } from './profile.ts';
import { userExample, userSchema } from './user.ts';

const bare = { _links: true } as const;
const without = <T extends { _links: object }>({ _links, ...rest }: T): Omit<T, '_links'> => rest;

export const getPersonalData = contract({
  id: 'users.get-personal-data',
  method: 'GET',
  path: '/users/{id}/personal-data',
  summary: 'Download everything that is held about oneself',
  description:
    'One document to keep: account, profile, preferences, consents, sessions, security events, notifications and orders. `complete` says whether the newest 2,000 of each were all; the rest is in their lists. Nobody can ask for somebody else’s, and no program with a key for anybody’s.',
  permission: 'personal-data:read',
  params: userParams,
  success: 200,
  output: z.object({
    writtenAt: moment,
    account: userSchema.omit(bare),
    profile: profileSchema.omit(bare),
    preferences: preferencesSchema.omit(bare),
    consents: z.array(
      z.object({
        to: z.enum(['terms', 'product-news']),
        given: z.boolean(),
        at: moment.optional().meta({ description: 'When, as far as it was noted' }),
      }),
    ),
    sessions: z.array(sessionSchema.omit({ ...bare, current: true })),
    securityEvents: z.array(securityEventSchema.omit(bare)),
    notifications: z.array(notificationSchema.pick({ kind: true, title: true, body: true, createdAt: true })),
    orders: z.array(orderSchema.omit(bare)),
    complete: z.object({ securityEvents: z.boolean(), notifications: z.boolean(), orders: z.boolean() }),
    _links: linksSchema,
  }),
  errors: ['ENTITY_NOT_FOUND'],
  rateLimit: [{ per: 'user', limit: 10, windowSeconds: 3_600 }],
  example: {
    params: { id: userExample.id },
    output: {
      writtenAt: '2026-11-21T10:00:00.000Z',
      account: without(userExample),
      profile: without(profileExample),
      preferences: without(preferencesExample),
      consents: [
        { to: 'terms', given: true, at: userExample.acceptedTermsAt },
        { to: 'product-news', given: false },
      ],
      sessions: [(({ current, ...session }) => session)(without(sessionExample))],
      securityEvents: [without(securityEventExample)],
      notifications: [(({ kind, title, body, createdAt }) => ({ kind, title, body, createdAt }))(notificationExample)],
      orders: [without(orderExample)],
      complete: { securityEvents: true, notifications: true, orders: true },
      _links: {
        self: { href: '/api/v1/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0/personal-data', method: 'GET' as const },
      },
    },
  },
});
