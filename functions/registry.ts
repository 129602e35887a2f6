/** Every area's functions. Read by infrastructure, generators and tests; never by functions. */
import * as deployment from './deployment/registry.ts';

export const areas = { deployment } as const;
