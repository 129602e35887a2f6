'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { PasswordInput } from '../ui/password-input';
import { CodeInput } from './code-input';
import { FormProblem } from './form-problem';
import { PasswordStrength } from './password-strength';
import { TextLink } from './text-link';
import { WaitingWords } from './waiting-words';

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
  const [password, setPassword] = useState('');
  const rulesId = useId();

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
    const confirmPassword = data.get('confirmPassword');
    const done = await submit(event.currentTarget, { email, code, password, confirmPassword });
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
        <Field label="E-mail" error={errors.email}>
          <Input
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            controlSize="lg"
            value={email}
            onChange={(event) => {
              setEmail(event.target.value);
              clear('email');
            }}
          />
        </Field>
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
      <div className="flex flex-col gap-2">
        <Field label="New password" error={errors.password}>
          <PasswordInput
            name="password"
            autoComplete="new-password"
            controlSize="lg"
            required
            aria-describedby={rulesId}
            onInput={(event) => {
              setPassword(event.currentTarget.value);
              clear('password');
            }}
          />
        </Field>
        <PasswordStrength id={rulesId} password={password} email={email} />
      </div>
      <Field label="New password again" error={errors.confirmPassword}>
        <PasswordInput
          name="confirmPassword"
          autoComplete="new-password"
          controlSize="lg"
          required
          onInput={() => clear('confirmPassword')}
        />
      </Field>
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" wide loading={isBusy}>
          Set the new password
        </Button>
        <WaitingWords isBusy={isBusy} isTryingAgain={isTryingAgain} />
        <p className="text-center text-muted">
          No mail?{' '}
          <TextLink href={`/forgot-password${isKnown ? `?email=${encodeURIComponent(email)}` : ''}`}>
            Ask for another code
          </TextLink>
        </p>
      </div>
    </form>
  );
}
