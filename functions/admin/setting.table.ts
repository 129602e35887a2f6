/** How the platform's settings are kept: one item, which is not there before the first change. */
import type { Role } from '../../shared/permissions.ts';
import { entity } from '../platform/entity.ts';

export interface Setting {
  name: 'platform';
  /** Roles that can do nothing before they have a second factor. */
  mfaRequiredRoles: readonly Role[];
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  version: number;
}

export const settings = entity<Setting>()({
  name: 'Setting',
  partition: 'SETTING',
  describes: 'What administrators have set for the whole platform',
  keyShape: 'SETTING#<name> / SETTING',
  key: ({ name }: { name: 'platform' }) => ({ pk: `SETTING#${name}`, sk: 'SETTING' }),
  keyOf: ({ name }) => ({ name }),
  patterns: {},
});
