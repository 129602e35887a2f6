'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import { Submit } from './submit';

/** Asks for a code by mail, and goes on to where it is entered: the same way whether or not there is such an account. */
export function ForgotForm() {
  const router = useRouter();
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/forgot-password.ts').then(({ forgotPassword }) => forgotPassword),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await submit(event.currentTarget, { email: new FormData(event.currentTarget).get('email') });
    if (done) router.push(`/reset-password?email=${encodeURIComponent(done.email)}`);
  };
  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p className="-mt-3 text-pretty text-muted">
        We mail a code to your address. With it you set a new password. A second factor stays on.
      </p>
      <FormProblem problem={problem} />
      <EmailField error={errors.email} controlSize="lg" onInput={() => clear('email')} />
      <Submit label="Mail me a code" isBusy={isBusy} isTryingAgain={isTryingAgain} />
    </form>
  );
}
