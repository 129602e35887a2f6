/** Entries of the audit trail in words. */
import type * as z from 'zod';
import type { auditEntrySchema } from '../../../shared/contracts/audit/entry.ts';

export type AuditEntry = z.output<typeof auditEntrySchema>;

const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2');
const sentence = (name: string) => {
  const words = spaced(name).toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** "User role changed", or where no event tells it: "User changed". */
export function entryTitle({ events, entity, action }: Pick<AuditEntry, 'events' | 'entity' | 'action'>): string {
  return events.length > 0 ? events.map(sentence).join(', ') : `${sentence(entity)} ${action}`;
}

/** "UserProfile" → "User profile". */
export const entityWords = sentence;
