'use client';
/** Two steps before an account is gone for good: what it means, then the proof that it is really they who want it. */
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { eraseUser } from '../../../../../shared/contracts/users/erase-user.ts';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { Dialog } from '../../../../components/ui/dialog';
import { Field } from '../../../../components/ui/field';
import { Input } from '../../../../components/ui/input';
import { PasswordInput } from '../../../../components/ui/password-input';
import { api } from '../../../../lib/api';
import { fieldSentence, formProblems, type Words } from '../../../../lib/problems';
import type { SessionUser } from '../../../../lib/session';
import { announce } from '../../../../lib/session-events';

export default function EraseDialog({ user, onClose }: { user: SessionUser; onClose: () => void }) {
  const client = useQueryClient();
  const [isSure, setSure] = useState(false);
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [isErasing, setErasing] = useState(false);
  const [problem, setProblem] = useState<{ password?: string; form?: Words }>({});

  const erase = async (event: FormEvent) => {
    event.preventDefault();
    if (isErasing || typed.trim().toLowerCase() !== user.email.toLowerCase()) return;
    setErasing(true);
    try {
      await api.call(eraseUser, { params: { id: user.id }, body: { password } });
      announce('signed-out');
      client.clear();
      window.location.assign('/sign-in');
    } catch (error) {
      const { fields, form } = formProblems(error, (field) => field === 'password');
      setProblem({ ...(fields.password && { password: fieldSentence(fields.password) }), ...(form && { form }) });
      setErasing(false);
    }
  };
  const close = (open: boolean) => {
    if (!open && !isErasing) onClose();
  };

  if (!isSure)
    return (
      <Dialog
        open
        onOpenChange={close}
        title="Delete your account?"
        description="It is erased at once and for good: there is no time in which you could change your mind."
        footer={
          <>
            <Button onClick={onClose}>Keep my account</Button>
            <Button variant="danger" onClick={() => setSure(true)}>
              Continue
            </Button>
          </>
        }
      >
        <p className="text-pretty text-muted">
          If you want to keep what is held about you, download it first. Orders that are on their way are still sent;
          you will get no mails about them.
        </p>
      </Dialog>
    );
  const fits = typed.trim().toLowerCase() === user.email.toLowerCase();
  return (
    <Dialog
      open
      onOpenChange={close}
      keepOpen
      title="Is it really you?"
      description="Type your e-mail address and your password."
      footer={
        <>
          <Button disabled={isErasing} onClick={onClose}>
            Keep my account
          </Button>
          <Button
            type="submit"
            form="erase-form"
            variant="danger"
            loading={isErasing}
            disabled={!fits || password === ''}
          >
            Delete for good
          </Button>
        </>
      }
    >
      <form id="erase-form" noValidate className="flex flex-col gap-5" onSubmit={(event) => void erase(event)}>
        {problem.form && (
          <Alert role="alert" tone="bad" title={problem.form.title}>
            {problem.form.text}
          </Alert>
        )}
        <Field label="E-mail" hint={user.email}>
          <Input type="email" autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />
        </Field>
        <Field label="Password" error={problem.password}>
          <PasswordInput
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
