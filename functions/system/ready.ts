import { ready } from '../../shared/contracts/system/ready.ts';
import { AppError } from '../../shared/errors.ts';
import { http } from '../platform/http.ts';
import { probe } from '../platform/probe.ts';

export const handler = http(ready, {
  access: { probe: true },
  errorImpact: 'Monitors and deployments cannot tell whether the platform is ready.',
  run: async () => {
    const dependencies = await probe();
    if (Object.values(dependencies).some(({ status }) => status === 'down')) {
      throw new AppError('SERVICE_UNAVAILABLE', { details: { dependencies }, headers: { 'retry-after': '5' } });
    }
    return { status: 'ready' as const, dependencies };
  },
});
