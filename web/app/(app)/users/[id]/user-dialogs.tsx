'use client';
/** Changes of a user that are asked about first. Each waits for the answer: a refusal is shown in it, with what was typed. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { listEntries } from '../../../../../shared/contracts/audit/list-entries.ts';
import { activateUser } from '../../../../../shared/contracts/users/activate-user.ts';
import { deleteUser } from '../../../../../shared/contracts/users/delete-user.ts';
import { getUser } from '../../../../../shared/contracts/users/get-user.ts';
import { listUsers } from '../../../../../shared/contracts/users/list-users.ts';
import { restoreUser } from '../../../../../shared/contracts/users/restore-user.ts';
import { setPlan } from '../../../../../shared/contracts/users/set-plan.ts';
import { setRole } from '../../../../../shared/contracts/users/set-role.ts';
import { suspendUser } from '../../../../../shared/contracts/users/suspend-user.ts';
import { updateUser } from '../../../../../shared/contracts/users/update-user.ts';
import { type Role, roles } from '../../../../../shared/permissions.ts';
import { type Plan, plans } from '../../../../../shared/plans.ts';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog';
import { Dialog, DialogClose } from '../../../../components/ui/dialog';
import { Field } from '../../../../components/ui/field';
import { Input } from '../../../../components/ui/input';
import { Select } from '../../../../components/ui/select';
import { toast } from '../../../../components/ui/toast';
import { showProblems, useContractForm } from '../../../../lib/forms.ts';
import { queryKeyOf, useMutationOf } from '../../../../lib/operations.ts';
import type { Words } from '../../../../lib/problems.ts';
import { titleCase } from '../title-case.ts';
import type { UserRecord } from './user-record.ts';

export type UserAct = 'edit' | 'rank' | 'suspend' | 'activate' | 'delete' | 'restore';
interface DialogProps {
  user: UserRecord;
  close: () => void;
}
/** Out of date once a user has changed. */
const invalidates = [getUser, listUsers, listEntries] as const;

export default function UserDialogs({ act, ...props }: DialogProps & { act: UserAct }) {
  if (act === 'edit') return <EditUser {...props} />;
  if (act === 'rank') return <RankUser {...props} />;
  if (act === 'suspend') return <SuspendUser {...props} />;
  return <ConfirmAct act={act} {...props} />;
}

/** Shows the changed user at once; what follows from it is read again. */
function useShowing(done: (user: UserRecord) => string) {
  const client = useQueryClient();
  return (user: UserRecord) => {
    client.setQueryData(queryKeyOf(getUser, { params: { id: user.id } }), user);
    toast({ tone: 'good', title: done(user) });
  };
}

function SuspendUser({ user, close }: DialogProps) {
  const [reason, setReason] = useState('');
  const onSuccess = useShowing(({ name }) => `${name} is suspended`);
  const suspend = useMutationOf(suspendUser, { invalidates, onSuccess });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Suspend ${user.name}?`}
      description="All their sessions end at once, and they can not sign in until somebody activates them."
      confirmLabel="Suspend"
      cancelLabel="Keep active"
      tone="danger"
      onConfirm={() =>
        suspend.submitAsync({
          params: { id: user.id },
          body: reason.trim() ? { reason: reason.trim() } : {},
          ifMatch: user.version,
        })
      }
    >
      <Field label="Reason" optional hint="Staff read it on this page and in the audit log.">
        <Input value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
      </Field>
    </ConfirmDialog>
  );
}

function ConfirmAct({ act, user, close }: DialogProps & { act: 'activate' | 'delete' | 'restore' }) {
  const params = { id: user.id };
  const activated = useShowing(({ name }) => `${name} can sign in again`);
  const restored = useShowing(({ name }) => `${name} was restored`);
  const activate = useMutationOf(activateUser, { invalidates, onSuccess: activated });
  const restore = useMutationOf(restoreUser, { invalidates, onSuccess: restored });
  const remove = useMutationOf(deleteUser, {
    invalidates,
    onSuccess: () => toast({ tone: 'good', title: `${user.name} was deleted`, description: 'Staff can restore it.' }),
  });
  const texts = {
    activate: {
      title: `Activate ${user.name}?`,
      description: 'They can sign in again. Sessions from before stay ended.',
      label: 'Activate',
      run: () => activate.submitAsync({ params, body: {}, ifMatch: user.version }),
    },
    restore: {
      title: `Restore ${user.name}?`,
      description: 'The account is as it was before it was deleted.',
      label: 'Restore',
      run: () => restore.submitAsync({ params, body: {} }),
    },
    delete: {
      title: `Delete ${user.name}?`,
      description:
        'All sessions end at once and the account leaves the lists. Orders keep naming it, and staff can restore it.',
      label: 'Delete user',
      run: () => remove.submitAsync({ params, ifMatch: user.version }),
    },
  } as const;
  const { title, description, label, run } = texts[act];
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description={description}
      confirmLabel={label}
      tone={act === 'delete' ? 'danger' : 'neutral'}
      onConfirm={run}
    />
  );
}

/** Role and plan are two operations; each is asked for only when it changes. */
function RankUser({ user, close }: DialogProps) {
  const [role, chooseRole] = useState<Role>(user.role);
  const [plan, choosePlan] = useState<Plan>(user.plan);
  const params = { id: user.id };
  const onSuccess = useShowing(({ name }) => `${name} was changed`);
  const giveRole = useMutationOf(setRole, { invalidates, onSuccess });
  const givePlan = useMutationOf(setPlan, { invalidates, onSuccess });
  const options = (values: readonly string[]) => values.map((value) => ({ value, label: titleCase(value) }));
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Role and plan of ${user.name}`}
      description="They act on the person's very next request."
      confirmLabel="Save"
      cancelLabel="Cancel"
      onConfirm={async () => {
        if (role !== user.role) await giveRole.submitAsync({ params, body: { role } });
        if (plan !== user.plan) await givePlan.submitAsync({ params, body: { plan } });
      }}
    >
      <div className="flex flex-col gap-4">
        {user._links.role && (
          <Field label="Role" {...(role === 'admin' && user.role !== 'admin' && { hint: 'May do everything.' })}>
            <Select options={options(roles)} value={role} onChange={({ target }) => chooseRole(target.value as Role)} />
          </Field>
        )}
        {user._links.plan && (
          <Field label="Plan">
            <Select options={options(plans)} value={plan} onChange={({ target }) => choosePlan(target.value as Plan)} />
          </Field>
        )}
      </div>
    </ConfirmDialog>
  );
}

const orNothing = { setValueAs: (text: string | null) => (text ? text : null) };

function EditUser({ user, close }: DialogProps) {
  const form = useContractForm(updateUser.body, {
    defaultValues: { name: user.name, company: user.company ?? null, username: user.username ?? null },
  });
  const [problem, setProblem] = useState<Words>();
  const show = useShowing(({ name }) => `${name} was changed`);
  const update = useMutationOf(updateUser, {
    invalidates,
    onSuccess: (changed) => {
      show(changed);
      close();
    },
    onError: (error) => setProblem(showProblems(form, error)),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => !open && close()}
      title={`Edit ${user.name}`}
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form="edit-user" variant="primary" loading={update.isPending}>
            Save changes
          </Button>
        </>
      }
    >
      <form
        id="edit-user"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={form.handleSubmit((body) => {
          setProblem(undefined);
          update.submit({ params: { id: user.id }, body, ifMatch: user.version });
        })}
      >
        {problem && (
          <Alert tone="bad" role="alert" title={problem.title}>
            {problem.text}
          </Alert>
        )}
        <Field label="Name" required error={errors.name?.message}>
          <Input autoComplete="off" {...form.register('name')} />
        </Field>
        <Field label="Company" optional error={errors.company?.message}>
          <Input autoComplete="off" {...form.register('company', orNothing)} />
        </Field>
        <Field label="User name" optional error={errors.username?.message}>
          <Input autoComplete="off" {...form.register('username', orNothing)} />
        </Field>
      </form>
    </Dialog>
  );
}
