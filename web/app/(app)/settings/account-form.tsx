'use client';
/** Name, user name, company and product news: what the account itself holds. */
import { useState } from 'react';
import { me } from '../../../../shared/contracts/auth/me.ts';
import { getUser } from '../../../../shared/contracts/users/get-user.ts';
import { listUsers } from '../../../../shared/contracts/users/list-users.ts';
import { updateUser } from '../../../../shared/contracts/users/update-user.ts';
import { Field } from '../../../components/ui/field';
import { Input } from '../../../components/ui/input';
import { Switch } from '../../../components/ui/switch';
import { toast } from '../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../lib/forms';
import { useMutationOf } from '../../../lib/operations';
import { fieldSentence, type Words } from '../../../lib/problems';
import type { SessionUser } from '../../../lib/session';
import { FormCard } from './form-card';

export default function AccountForm({ user }: { user: SessionUser }) {
  const [problem, setProblem] = useState<Words>();
  const { name, username, company, marketingConsent } = user;
  const form = useContractForm(updateUser.body, {
    values: { name, username: username ?? null, company: company ?? null, marketingConsent },
    resetOptions: { keepDirtyValues: true },
  });
  const change = useMutationOf(updateUser, {
    invalidates: [me, getUser, listUsers],
    onSuccess: (_, { body }) => {
      setProblem(undefined);
      form.reset(body);
      toast({ tone: 'good', title: 'Your account was saved' });
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  const { errors, isDirty } = form.formState;
  const said = (message: string | undefined) => message && fieldSentence(message);
  const orNothing = { setValueAs: (value: string | null) => (value === '' ? null : value) };
  return (
    <FormCard
      id="account"
      title="Account"
      description="How others find and see you."
      problem={problem}
      isDirty={isDirty}
      isSaving={change.isPending}
      onSubmit={form.handleSubmit((body) => change.submit({ params: { id: user.id }, body, ifMatch: user.version }))}
    >
      <Field label="Name" required error={said(errors.name?.message)}>
        <Input {...form.register('name')} autoComplete="name" />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="User name" optional error={said(errors.username?.message)}>
          <Input {...form.register('username', orNothing)} autoComplete="username" spellCheck={false} />
        </Field>
        <Field label="Company" optional error={said(errors.company?.message)}>
          <Input {...form.register('company', orNothing)} autoComplete="organization" />
        </Field>
      </div>
      <Switch
        label="Product news by e-mail"
        hint="Now and then. You can change it at any time."
        {...form.register('marketingConsent')}
      />
    </FormCard>
  );
}
