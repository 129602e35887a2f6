'use client';

import { useState } from 'react';
import { Controller } from 'react-hook-form';
import { mfaDisable } from '../../../../../shared/contracts/auth/mfa-disable.ts';
import { CodeInput } from '../../../../components/auth/code-input';
import { FormProblem } from '../../../../components/auth/form-problem';
import { Button } from '../../../../components/ui/button';
import { Dialog, DialogClose } from '../../../../components/ui/dialog';
import { Field } from '../../../../components/ui/field';
import { PasswordInput } from '../../../../components/ui/password-input';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';

/** Asks for the password and a code, and turns the second factor off. */
export default function DisableDialog({
  onClose,
  onDisabled,
}: {
  onClose: () => void;
  onDisabled: () => Promise<void>;
}) {
  const [problem, setProblem] = useState<Words>();
  const form = useContractForm(mfaDisable.body, { defaultValues: { password: '', code: '' } });
  const { errors } = form.formState;
  const disable = useMutationOf(mfaDisable, {
    onSuccess: () => void onDisabled(),
    onError: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title="Turn two-factor authentication off?"
      description="Your password alone opens your account then. The backup codes end too."
      footer={
        <>
          <DialogClose>
            <Button>Keep it on</Button>
          </DialogClose>
          <Button type="submit" form="disable-mfa" variant="danger" loading={disable.isPending || disable.isSuccess}>
            Turn off
          </Button>
        </>
      }
    >
      <form
        id="disable-mfa"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((body) => {
          setProblem(undefined);
          disable.submit({ body });
        })}
      >
        <FormProblem problem={problem} />
        <Field label="Password" error={errors.password?.message}>
          <PasswordInput autoComplete="current-password" {...form.register('password')} />
        </Field>
        <Field label="Code of the app" error={errors.code?.message} hint="Backup codes are not taken here.">
          <Controller
            control={form.control}
            name="code"
            render={({ field: { name, value, onChange, ref } }) => (
              <CodeInput name={name} value={value} onChange={onChange} ref={ref} />
            )}
          />
        </Field>
      </form>
    </Dialog>
  );
}
