'use client';
/** Makes an account for somebody else, who gets a mail with a temporary password. */
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { getUser } from '../../../../../shared/contracts/users/get-user.ts';
import { inviteUser } from '../../../../../shared/contracts/users/invite-user.ts';
import { listUsers } from '../../../../../shared/contracts/users/list-users.ts';
import { roles } from '../../../../../shared/permissions.ts';
import { plans } from '../../../../../shared/plans.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { useFormDraft } from '../../../../components/data/use-form-draft.ts';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardBody, CardFooter } from '../../../../components/ui/card';
import { Field } from '../../../../components/ui/field';
import { Input } from '../../../../components/ui/input';
import { Select } from '../../../../components/ui/select';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { queryKeyOf, useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';
import { useCan, useSession } from '../../../../lib/session.tsx';
import { titleCase } from '../title-case.ts';

const orNothing = { setValueAs: (text: string | undefined) => (text ? text : undefined) };
const options = (values: readonly string[]) => values.map((value) => ({ value, label: titleCase(value) }));

export function InviteUser() {
  const router = useRouter();
  const client = useQueryClient();
  const user = useSession();
  const grants = useCan('users:grant') === 'any';
  const form = useContractForm(inviteUser.body, {
    defaultValues: { email: '', name: '', username: undefined, company: undefined, role: 'user', plan: 'Free' },
  });
  const draft = useFormDraft(form, `${user.id}.invite-user`);
  const [problem, setProblem] = useState<Words>();
  const invite = useMutationOf(inviteUser, {
    invalidates: [listUsers],
    onSuccess: (invited) => {
      draft.forget();
      client.setQueryData(queryKeyOf(getUser, { params: { id: invited.id } }), invited);
      toast({ tone: 'good', title: `${invited.name} is invited`, description: `A mail goes to ${invited.email}.` });
      router.push(`/users/${invited.id}`);
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  const { errors } = form.formState;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader
        title="Invite a user"
        description="They get a mail with a temporary password, good for seven days, and choose their own."
        actions={
          <ButtonLink href="/users/import" size="sm">
            Invite many at once
          </ButtonLink>
        }
      />
      {problem && (
        <Alert tone="bad" role="alert" title={problem.title}>
          {problem.text}
        </Alert>
      )}
      <Card aria-label="Invitation">
        <form
          noValidate
          onSubmit={form.handleSubmit((body) => {
            setProblem(undefined);
            invite.submit({ body });
          })}
        >
          <CardBody className="grid gap-4 pt-card sm:grid-cols-2">
            <Field label="E-mail" required error={errors.email?.message}>
              <Input type="email" autoComplete="off" {...form.register('email')} />
            </Field>
            <Field label="Name" required error={errors.name?.message}>
              <Input autoComplete="off" {...form.register('name')} />
            </Field>
            <Field label="User name" optional error={errors.username?.message}>
              <Input autoComplete="off" {...form.register('username', orNothing)} />
            </Field>
            <Field label="Company" optional error={errors.company?.message}>
              <Input autoComplete="off" {...form.register('company', orNothing)} />
            </Field>
            {grants && (
              <>
                <Field label="Role" error={errors.role?.message}>
                  <Select options={options(roles)} {...form.register('role')} />
                </Field>
                <Field label="Plan" error={errors.plan?.message}>
                  <Select options={options(plans)} {...form.register('plan')} />
                </Field>
              </>
            )}
          </CardBody>
          <CardFooter>
            <ButtonLink href="/users">Cancel</ButtonLink>
            <Button type="submit" variant="primary" loading={invite.isPending}>
              Send the invitation
            </Button>
          </CardFooter>
        </form>
      </Card>
    </div>
  );
}
