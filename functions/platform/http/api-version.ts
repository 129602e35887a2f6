/** Dated refinements of the API within its major version. */
import { AppError } from '../../../shared/errors.ts';

/** Every date that `API-Version` may name, newest last: the newest is what a request without the header gets. */
export const apiVersions = ['2026-11-01'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** Errors: UNSUPPORTED_VERSION, which names the supported ones. */
export function apiVersionOf(header: string | undefined): ApiVersion {
  if (header === undefined) return apiVersions[apiVersions.length - 1] as ApiVersion;
  const known = apiVersions.find((version) => version === header.trim());
  if (!known) throw new AppError('UNSUPPORTED_VERSION', { details: { supported: apiVersions } });
  return known;
}
