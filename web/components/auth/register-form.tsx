'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Plan } from '../../../shared/plans.ts';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { PasswordInput } from '../ui/password-input';
import { FormProblem } from './form-problem';
import { PasswordStrength } from './password-strength';
import { PlanChoice, type PlanOffer } from './plan-choice';
import { TextLink } from './text-link';
import { WaitingWords } from './waiting-words';

/** Registers, and goes on to the code that was mailed. The offers come from the page, so that the table of limits stays out of the browser. */
export function RegisterForm({ offers }: { offers: readonly PlanOffer[] }) {
  const router = useRouter();
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/register.ts').then(({ register }) => register),
  );
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [plan, setPlan] = useState<Plan>('Free');
  const rulesId = useId();

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
      <Field label="E-mail" error={errors.email} hint="We send a code there to confirm it.">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          onInput={(event) => {
            setEmail(event.currentTarget.value);
            clear('email');
          }}
        />
      </Field>
      <div className="flex flex-col gap-2">
        <Field label="Password" error={errors.password}>
          <PasswordInput
            name="password"
            autoComplete="new-password"
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
        <Checkbox name="marketingConsent" label="Send me news about the product" />
      </div>
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" wide loading={isBusy}>
          Create account
        </Button>
        <WaitingWords isBusy={isBusy} isTryingAgain={isTryingAgain} />
      </div>
    </form>
  );
}
