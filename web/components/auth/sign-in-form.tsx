'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { announce, destinationAfterSignIn } from '../../lib/session-events.ts';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { PasswordInput } from '../ui/password-input';
import { FormProblem } from './form-problem';
import { TextLink } from './text-link';
import { WaitingWords } from './waiting-words';

/** Signs in, and goes where one was on the way to. */
export function SignInForm() {
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(() =>
    import('../../../shared/contracts/auth/login.ts').then(({ login }) => login),
  );
  const form = useRef<HTMLFormElement>(null);
  const [welcome, setWelcome] = useState<string>();

  useEffect(() => {
    const search = new URLSearchParams(window.location.search);
    const email = form.current?.elements.namedItem('email');
    const known = search.get('email');
    if (known && email instanceof HTMLInputElement && email.value === '') email.value = known;
    if (search.has('confirmed')) setWelcome('Your address is confirmed. Sign in to begin.');
    else if (search.has('next')) setWelcome('Sign in to go on where you were.');
  }, []);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const done = await submit(event.currentTarget, {
      email: data.get('email'),
      password: data.get('password'),
      rememberMe: data.get('rememberMe') !== null,
    });
    if (!done) return;
    announce('signed-in');
    window.location.assign(destinationAfterSignIn(window.location.search, window.location.origin));
  };

  return (
    <form ref={form} method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p role="status" className="-mt-3 min-h-5 text-pretty text-muted">
        {welcome ?? 'Welcome back.'}
      </p>
      <FormProblem problem={problem}>
        {problem && /e-mail address or the password/.test(problem.title) && (
          <p className="text-pretty text-muted">
            New here and no code entered yet? <TextLink href="/confirm">Confirm your address</TextLink> first.
          </p>
        )}
      </FormProblem>
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
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" wide loading={isBusy}>
          Sign in
        </Button>
        <WaitingWords isBusy={isBusy} isTryingAgain={isTryingAgain} />
      </div>
    </form>
  );
}
