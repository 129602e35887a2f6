import * as z from 'zod';
import { contract } from '../contract.ts';

export const mfaSetup = contract({
  id: 'auth.mfa-setup',
  method: 'POST',
  path: '/auth/mfa/setup',
  summary: 'Begin to set up a second factor',
  description:
    'Gives a secret for an authenticator app, also as a QR code. Nothing changes before a code of the app is sent to auth/mfa/enable.',
  permission: 'profile:write',
  whileEnrolling: true,
  body: z.strictObject({}),
  success: 200,
  output: z.object({
    secret: z.string().meta({ description: 'Base 32, to type in where a picture can not be taken' }),
    otpauthUri: z.string().meta({ description: 'What the QR code says' }),
    qrCode: z.string().meta({ description: 'SVG as a data URI' }),
  }),
  errors: ['INVALID_STATE'],
  idempotency: { none: 'Each call gives a new secret and the one before is void; secrets are never kept in a record.' },
  rateLimit: [{ per: 'user', limit: 20, windowSeconds: 900 }],
  example: {
    body: {},
    output: {
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      otpauthUri: 'otpauth://totp/Mewayz:ann%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Mewayz',
      qrCode: 'data:image/svg+xml;base64,PHN2Zy8+',
    },
  },
});
