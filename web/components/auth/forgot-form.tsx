'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { FormProblem } from './form-problem';
import { WaitingWords } from './waiting-words';

/** Asks for a code by mail, and goes on to where it is entered: the same way whether or not there is such an account. */
export function ForgotForm() {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/forgot-password.ts').then(({ forgotPassword }) => forgotPassword),
  );
  useEffect(() => {
    const email = form.current?.elements.namedItem('email');
    const known = new URLSearchParams(window.location.search).get('email');
    if (known && email instanceof HTMLInputElement && email.value === '') email.value = known;
  }, []);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await submit(event.currentTarget, { email: new FormData(event.currentTarget).get('email') });
    if (done) router.push(`/reset-password?email=${encodeURIComponent(done.email)}`);
  };
  return (
    <form ref={form} method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p className="-mt-3 text-pretty text-muted">
        We mail a code to your address. With it you set a new password. A second factor stays on.
      </p>
      <FormProblem problem={problem} />
      <Field label="E-mail" error={errors.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          controlSize="lg"
          required
          onInput={() => clear('email')}
        />
      </Field>
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" wide loading={isBusy}>
          Mail me a code
        </Button>
        <WaitingWords isBusy={isBusy} isTryingAgain={isTryingAgain} />
      </div>
    </form>
  );
}
