import * as z from 'zod';
import { roles } from '../../permissions.ts';
import { linksSchema } from '../list.ts';

export const settingsFields = {
  mfaRequiredRoles: z
    .array(z.enum(roles))
    .max(roles.length)
    .meta({ description: 'Roles that must set up a second factor before they can do anything else' }),
};

/** What administrators have set for the whole platform. */
export const settingsSchema = z.object({ ...settingsFields, version: z.number().int(), _links: linksSchema });

export const settingsExample = {
  mfaRequiredRoles: ['admin'],
  version: 2,
  _links: { self: { href: '/api/v1/admin/settings', method: 'GET' } },
} satisfies z.input<typeof settingsSchema>;
