'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password-input';
import { CodeInput } from './code-input';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import { NewPasswordField } from './new-password-field';
import { Submit } from './submit';
import { TextLink } from './text-link';

/** Sets a new password by the code of the mail. Whether there is an account with the address is never said. */
export function ResetForm() {
  const router = useRouter();
  const codeField = useRef<HTMLInputElement>(null);
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/reset-password.ts').then(({ resetPassword }) => resetPassword),
  );
  const [email, setEmail] = useState('');
  const [isKnown, setKnown] = useState(false);
  const [code, setCode] = useState('');

  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get('email');
    if (!given) return;
    setEmail(given);
    setKnown(true);
    codeField.current?.focus();
  }, []);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const done = await submit(event.currentTarget, {
      email,
      code,
      password: data.get('password'),
      confirmPassword: data.get('confirmPassword'),
    });
    if (done) router.push(`/sign-in?reset&email=${encodeURIComponent(done.email)}`);
  };
  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p className="-mt-3 text-pretty text-muted">
        {isKnown ? (
          <>
            If there is an account with <strong className="font-medium break-all text-fg">{email}</strong>, a code to
            set a new password is on its way.
          </>
        ) : (
          'Enter the code of the mail and the password that you want. Everybody is signed out of your account.'
        )}
      </p>
      <FormProblem problem={problem} />
      <div className={isKnown ? 'hidden' : ''}>
        <EmailField
          error={errors.email}
          controlSize="lg"
          value={email}
          onInput={(typed) => {
            setEmail(typed);
            clear('email');
          }}
        />
      </div>
      <Field label="Code" error={errors.code}>
        <CodeInput
          ref={codeField}
          name="code"
          value={code}
          onChange={(digits) => {
            setCode(digits);
            clear('code');
          }}
        />
      </Field>
      <NewPasswordField
        label="New password"
        error={errors.password}
        email={email}
        controlSize="lg"
        onInput={() => clear('password')}
      />
      <Field label="New password again" error={errors.confirmPassword}>
        <PasswordInput
          name="confirmPassword"
          autoComplete="new-password"
          controlSize="lg"
          required
          onInput={() => clear('confirmPassword')}
        />
      </Field>
      <Submit label="Set the new password" isBusy={isBusy} isTryingAgain={isTryingAgain}>
        <p className="text-center text-muted">
          No mail?{' '}
          <TextLink href={`/forgot-password${isKnown ? `?email=${encodeURIComponent(email)}` : ''}`}>
            Ask for another code
          </TextLink>
        </p>
      </Submit>
    </form>
  );
}
