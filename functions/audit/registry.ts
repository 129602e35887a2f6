export { handler as anchorDays } from './anchor-days.ts';
export { handler as exportEntries } from './export-entries.ts';
export { handler as getEntry } from './get-entry.ts';
export { handler as listEntries } from './list-entries.ts';
export { handler as recordChanges } from './record-changes.ts';
