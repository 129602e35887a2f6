'use client';

import { useState } from 'react';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import { mfaBackupCodes } from '../../../../../shared/contracts/auth/mfa-backup-codes.ts';
import { FormProblem } from '../../../../components/auth/form-problem';
import { Button } from '../../../../components/ui/button';
import { Dialog, DialogClose } from '../../../../components/ui/dialog';
import { Field } from '../../../../components/ui/field';
import { PasswordInput } from '../../../../components/ui/password-input';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';

/** Asks for the password, and hands over ten new codes. */
export default function RenewCodesDialog({
  onClose,
  onCodes,
}: {
  onClose: () => void;
  onCodes: (codes: readonly string[]) => void;
}) {
  const [problem, setProblem] = useState<Words>();
  const form = useContractForm(mfaBackupCodes.body, { defaultValues: { password: '' } });
  const renew = useMutationOf(mfaBackupCodes, {
    invalidates: [listAuditLog],
    onSuccess: ({ backupCodes }) => onCodes(backupCodes),
    onError: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title="Make new backup codes?"
      description="The codes that you have now stop working at once."
      footer={
        <>
          <DialogClose>
            <Button>Keep the old ones</Button>
          </DialogClose>
          <Button type="submit" form="renew-codes" variant="primary" loading={renew.isPending}>
            Make new codes
          </Button>
        </>
      }
    >
      <form
        id="renew-codes"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((body) => {
          setProblem(undefined);
          renew.submit({ body });
        })}
      >
        <FormProblem problem={problem} />
        <Field label="Password" error={form.formState.errors.password?.message}>
          <PasswordInput autoComplete="current-password" {...form.register('password')} />
        </Field>
      </form>
    </Dialog>
  );
}
