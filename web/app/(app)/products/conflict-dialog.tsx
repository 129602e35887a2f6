'use client';
/** Two people changed the same product: shows what differs and lets this one decide. */
import { Button } from '../../../components/ui/button';
import { Dialog } from '../../../components/ui/dialog';
import { Table, TableFrame, TBody, TD, TH, THead, TRow } from '../../../components/ui/table';
import type { Difference } from './conflict.ts';

export interface ConflictDialogProps {
  /** Empty when both say the same by now. */
  differences: readonly Difference[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onKeepEditing: () => void;
}

export default function ConflictDialog({ differences, onKeepMine, onTakeTheirs, onKeepEditing }: ConflictDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onKeepEditing()}
      width="lg"
      title="Somebody else changed this product"
      description="It was saved by somebody else after you opened it. Nothing of yours is lost; choose what stands."
      footer={
        <>
          <Button variant="ghost" onClick={onKeepEditing}>
            Keep editing
          </Button>
          <Button onClick={onTakeTheirs}>Take theirs</Button>
          <Button variant="primary" onClick={onKeepMine}>
            Save my changes over theirs
          </Button>
        </>
      }
    >
      {differences.length > 0 ? (
        <TableFrame label="What differs" className="rounded-md border">
          <Table>
            <THead>
              <tr>
                <TH>Field</TH>
                <TH>Yours</TH>
                <TH>Theirs</TH>
              </tr>
            </THead>
            <TBody>
              {differences.map(({ field, label, mine, theirs, before }) => (
                <TRow key={field}>
                  <TD quiet>{label}</TD>
                  <TD className={mine === before ? 'text-muted' : 'font-medium'}>{mine}</TD>
                  <TD className={theirs === before ? 'text-muted' : 'font-medium'}>{theirs}</TD>
                </TRow>
              ))}
            </TBody>
          </Table>
        </TableFrame>
      ) : (
        <p className="text-muted">Both say the same now.</p>
      )}
    </Dialog>
  );
}
