import { health } from '../../shared/contracts/system/health.ts';
import { env } from '../platform/env.ts';
import { http } from '../platform/http.ts';

export const handler = http(health, {
  access: {},
  errorImpact: 'Monitors believe that the whole API is down.',
  run: async () => ({ status: 'ok' as const, stage: env('stage') }),
});
