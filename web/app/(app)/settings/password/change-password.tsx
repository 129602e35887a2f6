'use client';

import { useId, useState } from 'react';
import { changePassword } from '../../../../../shared/contracts/auth/change-password.ts';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import { listSessions } from '../../../../../shared/contracts/auth/list-sessions.ts';
import { FormProblem } from '../../../../components/auth/form-problem';
import { PasswordStrength } from '../../../../components/auth/password-strength';
import { TextLink } from '../../../../components/auth/text-link';
import { formatCount } from '../../../../components/data/format.ts';
import { usePageName } from '../../../../components/shell/crumbs';
import { Button } from '../../../../components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '../../../../components/ui/card';
import { Field } from '../../../../components/ui/field';
import { PasswordInput } from '../../../../components/ui/password-input';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session';

const empty = { currentPassword: '', password: '', confirmPassword: '' };
const ended = (n: number) =>
  n === 0
    ? 'You are signed in nowhere else.'
    : `${formatCount(n)} other ${n === 1 ? 'session was' : 'sessions were'} signed out.`;

/** Changes the own password: the present one proves that it is oneself, and every other session ends. */
export function ChangePassword() {
  const { email } = useSession();
  const rulesId = useId();
  const [problem, setProblem] = useState<Words>();
  const form = useContractForm(changePassword.body, { defaultValues: empty });
  const { errors } = form.formState;
  const change = useMutationOf(changePassword, {
    invalidates: [listSessions, listAuditLog],
    onSuccess: ({ endedSessions }) => {
      form.reset(empty);
      toast({ tone: 'good', title: 'Your password is changed', description: ended(endedSessions) });
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  usePageName('Password');
  return (
    <Card aria-labelledby="password">
      <form
        noValidate
        onSubmit={form.handleSubmit((body) => {
          setProblem(undefined);
          change.submit({ body });
        })}
      >
        <CardHeader
          titleId="password"
          title="Password"
          description="Changing it signs you out everywhere but here."
          divided
        />
        <CardBody className="flex max-w-xl flex-col gap-5">
          <FormProblem problem={problem} />
          {/* For password managers: whose password it is. */}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <Field
            label="Present password"
            error={errors.currentPassword?.message}
            aside={<TextLink href={`/forgot-password?email=${encodeURIComponent(email)}`}>Forgot it?</TextLink>}
          >
            <PasswordInput autoComplete="current-password" {...form.register('currentPassword')} />
          </Field>
          <div className="flex flex-col gap-2">
            <Field label="New password" error={errors.password?.message}>
              <PasswordInput autoComplete="new-password" aria-describedby={rulesId} {...form.register('password')} />
            </Field>
            <PasswordStrength id={rulesId} password={form.watch('password')} email={email} />
          </div>
          <Field label="New password again" error={errors.confirmPassword?.message}>
            <PasswordInput autoComplete="new-password" {...form.register('confirmPassword')} />
          </Field>
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={change.isPending}>
            Change password
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
