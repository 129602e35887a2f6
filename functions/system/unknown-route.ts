import { AppError } from '../../shared/errors.ts';
import { fallback } from '../platform/http/fallback.ts';
import { methodsOf } from './routes.ts';

export const handler = fallback({
  id: 'system.unknown-route',
  errorImpact: 'A wrong address gets an unclear error.',
  refuse: ({ method, path, face }) => {
    const allowed = methodsOf(path, face);
    if (allowed.length === 0) return new AppError('ROUTE_NOT_FOUND');
    return new AppError('METHOD_NOT_ALLOWED', {
      details: { method, allowed },
      headers: { allow: [...allowed, 'OPTIONS'].join(', ') },
    });
  },
});
