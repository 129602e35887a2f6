import * as z from 'zod';
import { contract } from '../contract.ts';
import { tokensSchema } from './fields.ts';

export const refresh = contract({
  id: 'auth.refresh',
  method: 'POST',
  path: '/auth/refresh',
  summary: 'Get new tokens',
  description:
    'Takes the refresh token from the body or from the cookie, and gives the new ones the same way: what scripts could not read stays out of their reach. It is rotated: it works once, and its second use ends the session.',
  public: 'The access token may have ended; the refresh token is the proof.',
  body: z.strictObject({
    refreshToken: z.string().min(1).max(4_000).optional(),
  }),
  success: 200,
  output: z.object({ expiresIn: z.number().int(), tokens: tokensSchema.optional() }),
  errors: ['UNAUTHENTICATED'],
  idempotency: { none: 'A refresh token works once, so a repeat can never be answered the same.' },
  example: { body: {}, output: { expiresIn: 900 } },
});
