'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import type { Plan } from '../../../shared/plans.ts';
import { usePublicForm } from '../../lib/public-form.ts';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { PasswordInput } from '../ui/password-input';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import { NewPasswordField } from './new-password-field';
import { PlanChoice, type PlanOffer } from './plan-choice';
import { Submit } from './submit';
import { TermsField } from './terms-field';

/** Registers, and goes on to the code that was mailed. The offers come from the page, so that the table of limits stays out of the browser. */
export function RegisterForm({ offers }: { offers: readonly PlanOffer[] }) {
  const router = useRouter();
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/register.ts').then(({ register }) => register),
  );
  const [email, setEmail] = useState('');
  const [plan, setPlan] = useState<Plan>('Free');

  useEffect(() => {
    const wanted = new URLSearchParams(window.location.search).get('plan');
    const known = offers.find(({ plan: name }) => name.toLowerCase() === wanted?.toLowerCase());
    if (known) setPlan(known.plan);
  }, [offers]);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    const company = text('company').trim();
    const done = await submit(event.currentTarget, {
      name: text('name'),
      email: text('email'),
      password: text('password'),
      confirmPassword: text('confirmPassword'),
      ...(company !== '' && { company }),
      plan,
      acceptTerms: data.get('acceptTerms') !== null,
      marketingConsent: data.get('marketingConsent') !== null,
    });
    if (done) router.push(`/confirm?email=${encodeURIComponent(done.email)}`);
  };

  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Your name" error={errors.name}>
          <Input name="name" autoComplete="name" required maxLength={100} onInput={() => clear('name')} />
        </Field>
        <Field label="Company" optional error={errors.company}>
          <Input name="company" autoComplete="organization" maxLength={100} onInput={() => clear('company')} />
        </Field>
      </div>
      <EmailField
        error={errors.email}
        hint="We send a code there to confirm it."
        onInput={(typed) => {
          setEmail(typed);
          clear('email');
        }}
      />
      <NewPasswordField label="Password" error={errors.password} email={email} onInput={() => clear('password')} />
      <Field label="Password again" error={errors.confirmPassword}>
        <PasswordInput
          name="confirmPassword"
          autoComplete="new-password"
          required
          onInput={() => clear('confirmPassword')}
        />
      </Field>
      <PlanChoice offers={offers} value={plan} onChange={setPlan} />
      <div className="flex flex-col gap-3">
        <TermsField error={errors.acceptTerms} onInput={() => clear('acceptTerms')} />
        <Checkbox name="marketingConsent" label="Send me news about the product" />
      </div>
      <Submit label="Create account" isBusy={isBusy} isTryingAgain={isTryingAgain} />
    </form>
  );
}
