export { handler as getSettings } from './get-settings.ts';
export { handler as replaceSettings } from './replace-settings.ts';
