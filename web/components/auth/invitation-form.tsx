'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password-input';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import { NewPasswordField } from './new-password-field';
import { Submit } from './submit';
import { TermsField } from './terms-field';

/** Trades the temporary password of the mail for one's own, and goes on to sign in. */
export function InvitationForm() {
  const router = useRouter();
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

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const done = await submit(event.currentTarget, {
      email: data.get('email'),
      temporaryPassword: data.get('temporaryPassword'),
      password: data.get('password'),
      acceptTerms: data.get('acceptTerms') !== null,
    });
    if (done) router.push(`/sign-in?accepted&email=${encodeURIComponent(done.email)}`);
  };
  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      <EmailField
        error={errors.email}
        hint="The address that the invitation came to."
        controlSize="lg"
        onInput={(typed) => {
          setEmail(typed);
          clear('email');
        }}
      />
      <Field label="Temporary password" error={errors.temporaryPassword} hint="It stands in the mail.">
        <PasswordInput
          name="temporaryPassword"
          autoComplete="current-password"
          controlSize="lg"
          required
          onInput={() => clear('temporaryPassword')}
        />
      </Field>
      <NewPasswordField
        label="Your own password"
        error={errors.password}
        email={email}
        controlSize="lg"
        onInput={() => clear('password')}
      />
      <TermsField error={errors.acceptTerms} onInput={() => clear('acceptTerms')} />
      <Submit label="Accept the invitation" isBusy={isBusy} isTryingAgain={isTryingAgain} />
    </form>
  );
}
