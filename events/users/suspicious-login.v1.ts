import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const suspiciousLogin = event({
  name: 'SuspiciousLogin',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Somebody has signed in to an account in a way that its owner should know of.',
  data: z.object({
    userId: idSchema('user'),
    securityEventId: idSchema('securityEvent').meta({ description: 'Where and how it happened' }),
    reasons: z.array(z.string()).meta({ description: 'What made it suspicious' }),
  }),
  producers: ['auth.login', 'auth.login-mfa', 'auth.login-recover'],
  example: {
    userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    securityEventId: 'sev_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    reasons: ['new-device'],
  },
});
