import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { moment } from '../list.ts';
import { AVATAR_MAX_BYTES, avatarTypes } from './avatar-upload.ts';
import { userParams } from './fields.ts';

export const requestAvatarUpload = contract({
  id: 'users.request-avatar-upload',
  method: 'POST',
  path: '/users/{id}/avatar',
  summary: 'Ask for the form by which a picture is uploaded',
  description:
    'Answers a form: send its fields, and the file last under the name file, as multipart/form-data to its URL before it expires. It works once; a new form ends the one before. The file must be of the type that was asked for. What became of it shows in the profile (`avatarUpload`) a moment later: it is decoded, cut to a square and encoded anew, or refused with a reason.',
  permission: 'profile:write',
  partner: true,
  params: userParams,
  body: z.strictObject({ contentType: z.enum(avatarTypes) }),
  success: 201,
  output: z.object({
    uploadId: idSchema('upload'),
    url: z.string(),
    method: z.literal('POST'),
    fields: z.record(z.string(), z.string()),
    maxBytes: z.number().int(),
    expiresAt: moment,
  }),
  errors: ['ENTITY_NOT_FOUND'],
  idempotency: { none: 'A repeat gives another form and ends the one before; nothing else changes.' },
  rateLimit: [{ per: 'user', limit: 30, windowSeconds: 3_600 }],
  example: {
    params: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
    body: { contentType: 'image/png' },
    output: {
      uploadId: 'upl_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
      url: 'https://mewayz-prod-uploads-123456789012-us-east-1.s3.us-east-1.amazonaws.com/',
      method: 'POST',
      fields: {
        key: 'avatars/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0/upl_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
        'Content-Type': 'image/png',
      },
      maxBytes: AVATAR_MAX_BYTES,
      expiresAt: '2026-11-21T09:35:00.000Z',
    },
  },
});
