'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { PasswordInput } from '../ui/password-input';
import { FormProblem } from './form-problem';
import { PasswordStrength } from './password-strength';
import { TextLink } from './text-link';
import { WaitingWords } from './waiting-words';

/** Trades the temporary password of the mail for one's own, and goes on to sign in. */
export function InvitationForm() {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(
    () =>
      import('../../../shared/contracts/users/accept-invitation.ts').then(({ acceptInvitation }) => acceptInvitation),
    ({ code }) =>
      code === 'INVALID_CREDENTIALS'
        ? {
            fields: {},
            form: {
              title: 'The address or the temporary password is not right',
              text: 'Or the invitation is over: it is good for seven days. Whoever invited you can invite you again.',
            },
          }
        : undefined,
  );
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const rulesId = useId();

  useEffect(() => {
    const field = form.current?.elements.namedItem('email');
    const known = new URLSearchParams(window.location.search).get('email');
    if (!known || !(field instanceof HTMLInputElement) || field.value !== '') return;
    field.value = known;
    setEmail(known);
  }, []);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const done = await submit(event.currentTarget, {
      email: data.get('email'),
      temporaryPassword: data.get('temporaryPassword'),
      password,
      acceptTerms: data.get('acceptTerms') !== null,
    });
    if (done) router.push(`/sign-in?accepted&email=${encodeURIComponent(done.email)}`);
  };
  return (
    <form ref={form} method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      <Field label="E-mail" error={errors.email} hint="The address that the invitation came to.">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          controlSize="lg"
          required
          onInput={(event) => {
            setEmail(event.currentTarget.value);
            clear('email');
          }}
        />
      </Field>
      <Field label="Temporary password" error={errors.temporaryPassword} hint="It stands in the mail.">
        <PasswordInput
          name="temporaryPassword"
          autoComplete="current-password"
          controlSize="lg"
          required
          onInput={() => clear('temporaryPassword')}
        />
      </Field>
      <div className="flex flex-col gap-2">
        <Field label="Your own password" error={errors.password}>
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
      <Field label="Terms" hideLabel group error={errors.acceptTerms}>
        <Checkbox
          name="acceptTerms"
          required
          onInput={() => clear('acceptTerms')}
          label={
            <>
              I accept the{' '}
              <TextLink href="/terms" target="_blank">
                terms of use
              </TextLink>
            </>
          }
        />
      </Field>
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" wide loading={isBusy}>
          Accept the invitation
        </Button>
        <WaitingWords isBusy={isBusy} isTryingAgain={isTryingAgain} />
      </div>
    </form>
  );
}
