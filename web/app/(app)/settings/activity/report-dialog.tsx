'use client';

import { useState } from 'react';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import { reportSecurityEvent } from '../../../../../shared/contracts/auth/report-security-event.ts';
import { FormProblem } from '../../../../components/auth/form-problem';
import { Button } from '../../../../components/ui/button';
import { Dialog, DialogClose } from '../../../../components/ui/dialog';
import { Field } from '../../../../components/ui/field';
import { Select } from '../../../../components/ui/select';
import { Textarea } from '../../../../components/ui/textarea';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';

const what = [
  { value: 'unknown-change', label: 'Something was changed, and not by me' },
  { value: 'unexpected-sign-out', label: 'I was signed out without a reason' },
  { value: 'other', label: 'Something else' },
];

/** Notes beside what the platform saw what the person saw. */
export default function ReportDialog({ onClose }: { onClose: () => void }) {
  const [problem, setProblem] = useState<Words>();
  const form = useContractForm(reportSecurityEvent.body, { defaultValues: { what: 'unknown-change', note: '' } });
  const { errors } = form.formState;
  const report = useMutationOf(reportSecurityEvent, {
    invalidates: [listAuditLog],
    onSuccess: () => {
      toast({ tone: 'good', title: 'It is noted among your security events' });
      onClose();
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Report something"
      description="It is kept with your security events, where those who look into them find it."
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form="report" variant="primary" loading={report.isPending}>
            Report
          </Button>
        </>
      }
    >
      <form
        id="report"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((body) => {
          setProblem(undefined);
          report.submit({ body });
        })}
      >
        <FormProblem problem={problem} />
        <Field label="What did you see?" error={errors.what?.message}>
          <Select options={what} {...form.register('what')} />
        </Field>
        <Field label="In your words" optional error={errors.note?.message}>
          <Textarea rows={3} maxLength={500} {...form.register('note', { setValueAs: (text) => text || undefined })} />
        </Field>
      </form>
    </Dialog>
  );
}
