import * as z from 'zod';
import { contract } from '../contract.ts';

export const health = contract({
  id: 'system.health',
  method: 'GET',
  path: '/health',
  summary: 'Whether the API answers at all',
  public: 'Monitors ask it without an account; it tells nothing but that it answers.',
  partner: true,
  success: 200,
  output: z.object({ status: z.literal('ok'), stage: z.string() }),
  errors: [],
  example: { output: { status: 'ok', stage: 'dev' } },
});
