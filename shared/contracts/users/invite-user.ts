import * as z from 'zod';
import { roles } from '../../permissions.ts';
import { plans } from '../../plans.ts';
import { emailField } from '../auth/fields.ts';
import { contract } from '../contract.ts';
import { companyField, nameField, usernameField } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const invitationFields = z.strictObject({
  email: emailField,
  name: nameField,
  username: usernameField.optional(),
  company: companyField.optional(),
  role: z.enum(roles).prefault('user').meta({ description: 'Other than user: administrators only' }),
  plan: z.enum(plans).prefault('Free').meta({ description: 'Other than Free: administrators only' }),
});

export const inviteUser = contract({
  id: 'users.invite-user',
  method: 'POST',
  path: '/users',
  summary: 'Invite a user',
  description:
    'Makes a pending account and mails a temporary password, good for seven days. With it the person sets a password of their own (users/invitations/accept), which confirms the address.',
  permission: 'users:create',
  partner: true,
  body: invitationFields,
  success: 201,
  output: userSchema,
  errors: ['DUPLICATE_ENTITY'],
  example: {
    body: { email: 'ann@example.com', name: 'Ann Archer' },
    output: { ...userExample, status: 'pending', emailVerifiedAt: undefined, acceptedTermsAt: undefined, version: 1 },
  },
});
