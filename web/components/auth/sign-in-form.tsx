'use client';

import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { enterApp } from '../../lib/session-events.ts';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password-input';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import type { FirstStep } from './second-step';
import { Submit } from './submit';
import { TextLink } from './text-link';

const loadSecondStep = () => import('./second-step');
const SecondStep = lazy(loadSecondStep);

/** What brought one here, by the name of the parameter in the address. */
const welcomes: readonly [string, string][] = [
  ['confirmed', 'Your address is confirmed. Sign in to begin.'],
  ['accepted', 'Your account is ready. Sign in with the password that you chose.'],
  ['reset', 'Your new password is set. Sign in with it.'],
  ['next', 'Sign in to go on where you were.'],
];

/** Signs in, with the second step for whom it is on, and goes where one was on the way to. */
export function SignInForm() {
  const [welcome, setWelcome] = useState('Welcome back.');
  const [step, setStep] = useState<FirstStep>();
  const given = useRef<Omit<FirstStep, 'session'>>(undefined);
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(
    () => import('../../../shared/contracts/auth/login.ts').then(({ login }) => login),
    ({ code, details }) => {
      if (code !== 'MFA_REQUIRED' || !given.current) return undefined;
      setStep({ ...given.current, session: String(details.session) });
      return { fields: {}, form: undefined };
    },
  );

  useEffect(() => {
    const search = new URLSearchParams(window.location.search);
    const words = welcomes.find(([name]) => search.has(name))?.[1];
    if (words) setWelcome(words);
  }, []);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = {
      email: String(data.get('email')),
      password: String(data.get('password')),
      rememberMe: data.get('rememberMe') !== null,
    };
    given.current = body;
    if (await submit(event.currentTarget, body)) enterApp();
  };

  return (
    <>
      {step && (
        <Suspense>
          <SecondStep first={step} onSignedIn={enterApp} onBack={() => setStep(undefined)} />
        </Suspense>
      )}
      <form
        method="post"
        hidden={step !== undefined}
        onSubmit={send}
        onFocus={prepare}
        noValidate
        className="flex flex-col gap-5"
      >
        <p role="status" className="-mt-3 min-h-5 text-pretty text-muted">
          {welcome}
        </p>
        <FormProblem problem={problem}>
          {problem && /e-mail address or the password/.test(problem.title) && (
            <p className="text-pretty text-muted">
              New here and no code entered yet? <TextLink href="/confirm">Confirm your address</TextLink> first.
            </p>
          )}
        </FormProblem>
        <EmailField error={errors.email} controlSize="lg" onInput={() => clear('email')} />
        <Field label="Password" error={errors.password}>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            controlSize="lg"
            required
            onInput={() => clear('password')}
          />
        </Field>
        <Checkbox name="rememberMe" label="Keep me signed in on this device" hint="For seven days instead of one." />
        <Submit label="Sign in" isBusy={isBusy} isTryingAgain={isTryingAgain} />
      </form>
    </>
  );
}
