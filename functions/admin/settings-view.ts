/** Settings as the API shows them. */
import type * as z from 'zod';
import { getSettings } from '../../shared/contracts/admin/get-settings.ts';
import { replaceSettings } from '../../shared/contracts/admin/replace-settings.ts';
import type { settingsSchema } from '../../shared/contracts/admin/settings.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import type { Setting } from './setting.table.ts';

/** Before the first change there is no item: nothing is required, at version 0. */
export function settingsView(
  setting: Pick<Setting, 'mfaRequiredRoles' | 'version'> = { mfaRequiredRoles: [], version: 0 },
  context: { actor: Actor; face: 'browser' | 'partner' },
): z.input<typeof settingsSchema> {
  const { mfaRequiredRoles, version } = setting;
  const _links = links(context, { self: [getSettings], replace: [replaceSettings] });
  return { mfaRequiredRoles: [...mfaRequiredRoles], version, _links };
}
