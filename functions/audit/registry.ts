export { handler as anchorDays } from './anchor-days.ts';
export { handler as recordChanges } from './record-changes.ts';
