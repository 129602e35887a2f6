'use client';
import { getEntry } from '../../../../../shared/contracts/audit/get-entry.ts';
import { EntryFacts } from '../../../../components/audit/entry-facts.tsx';
import { entryTitle } from '../../../../components/audit/entry-words.ts';
import { ErrorState } from '../../../../components/ui/error-state';
import { Sheet } from '../../../../components/ui/sheet';
import { SkeletonText } from '../../../../components/ui/skeleton';
import { useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';

/** The entry that the address names, beside the table. */
export default function EntrySheet({ id, onClose }: { id: string; onClose: () => void }) {
  const reading = useOperation(getEntry, { params: { id } });
  const words = reading.error && wordsFor(reading.error);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={reading.data ? entryTitle(reading.data) : 'Entry'}
      {...(reading.data && { description: `Entry ${reading.data.id} of the audit log` })}
    >
      {words ? (
        <ErrorState compact title={words.title} description={words.text} onRetry={() => void reading.refetch()} />
      ) : reading.data ? (
        <EntryFacts entry={reading.data} />
      ) : (
        <SkeletonText lines={6} />
      )}
    </Sheet>
  );
}
