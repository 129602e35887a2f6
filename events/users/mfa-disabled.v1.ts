import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const mfaDisabled = event({
  name: 'MfaDisabled',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'A user has turned the second factor off.',
  data: z.object({
    userId: idSchema('user'),
    securityEventId: idSchema('securityEvent').meta({ description: 'Where and how it happened' }),
  }),
  producers: ['auth.mfa-disable'],
  example: {
    userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    securityEventId: 'sev_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  },
});
