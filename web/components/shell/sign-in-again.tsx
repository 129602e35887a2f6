'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { ApiProblem } from '../../../shared/client.ts';
import { login } from '../../../shared/contracts/auth/login.ts';
import { api } from '../../lib/api.ts';
import { wordsFor } from '../../lib/problems.ts';
import { useSession } from '../../lib/session';
import { announce, onSessionEvent, signInPath } from '../../lib/session-events.ts';
import SecondStep, { type FirstStep } from '../auth/second-step';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

/**
 * The session has ended while somebody was at work: they sign in again here, before the page that they were on, and what they were doing
 * goes on where it stopped. `onDone` gets whether they did.
 */
export default function SignInAgain({ onDone }: { onDone: (isSignedIn: boolean) => void }) {
  const { email, name } = useSession();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [step, setStep] = useState<FirstStep>();

  // Done in another tab: the cookies are the same.
  useEffect(() => onSessionEvent((event) => event === 'signed-in' && onDone(true)), [onDone]);

  const signedIn = () => {
    announce('signed-in');
    onDone(true);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog may stand above a form of the page, and React's events climb the tree of components.
    event.stopPropagation();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    if (password === '') return setProblem('Type your password.');
    setBusy(true);
    setProblem(undefined);
    try {
      await api.call(login, { body: { email, password } });
      signedIn();
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiProblem && error.code === 'MFA_REQUIRED')
        return setStep({ session: String(error.details.session), email, password, rememberMe: false });
      const { title, text } = wordsFor(error);
      setProblem(`${title.replace(/\.$/, '')}. ${text}`.trim());
    }
  };
  return (
    <Dialog
      open
      keepOpen
      width="sm"
      title="Sign in again"
      description={`Your session has ended, ${name.split(' ')[0]}. What you typed is still here.`}
      onOpenChange={(open) => {
        if (open) return;
        window.location.assign(signInPath(window.location));
      }}
    >
      {step ? (
        <div className="pt-3">
          <SecondStep first={step} onSignedIn={signedIn} onBack={() => setStep(undefined)} />
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          <Field label="E-mail">
            <Input type="email" name="email" value={email} readOnly autoComplete="username" />
          </Field>
          <Field label="Password" error={problem}>
            <Input type="password" name="password" autoComplete="current-password" autoFocus />
          </Field>
          <Button type="submit" variant="primary" loading={isBusy} wide>
            Sign in and go on
          </Button>
        </form>
      )}
    </Dialog>
  );
}
