'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { CodeInput, DIGITS } from './code-input';
import { FormProblem } from './form-problem';
import { Submit } from './submit';

/** What the first step left: the API's session of it, and what was typed, which the way by backup code is asked for again. */
export interface FirstStep {
  session: string;
  email: string;
  password: string;
  rememberMe: boolean;
}

interface StepProps {
  first: FirstStep;
  onSignedIn: () => void;
  onOther: () => void;
}

const atField = (name: string, words: string) => ({ fields: { [name]: words }, form: undefined });

/** The second step of signing in: a code of the app, or one of the backup codes. Loaded when it is asked for. */
export default function SecondStep({
  first,
  onSignedIn,
  onBack,
}: {
  first: FirstStep;
  onSignedIn: () => void;
  onBack: () => void;
}) {
  const [way, setWay] = useState<'app' | 'backup'>('app');
  const Step = way === 'app' ? AppCode : BackupCode;
  return (
    <div className="flex flex-col gap-5">
      <Step first={first} onSignedIn={onSignedIn} onOther={() => setWay(way === 'app' ? 'backup' : 'app')} />
      <p className="-mt-2 flex justify-center">
        <Button variant="link" onClick={onBack}>
          Start again
        </Button>
      </p>
    </div>
  );
}

function AppCode({ first, onSignedIn, onOther }: StepProps) {
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(
    () => import('../../../shared/contracts/auth/login-mfa.ts').then(({ loginMfa }) => loginMfa),
    (refusal) => {
      if (refusal.code !== 'INVALID_CREDENTIALS') return undefined;
      setCode('');
      return atField(
        'code',
        'This is not the code of this moment. Try the one that the app shows now; after three minutes, start again.',
      );
    },
  );
  useEffect(() => field.current?.focus(), []);
  const send = async (digits: string) => {
    if (form.current && (await submit(form.current, { session: first.session, code: digits }))) onSignedIn();
  };
  const type = (digits: string) => {
    setCode(digits);
    clear('code');
    if (digits.length === DIGITS && digits !== code) void send(digits);
  };
  return (
    <form
      ref={form}
      method="post"
      onSubmit={(event) => {
        stay(event);
        void send(code);
      }}
      onFocus={prepare}
      noValidate
      className="flex flex-col gap-5"
    >
      <p role="status" className="-mt-3 text-pretty text-muted">
        One step more: the six digits that your authenticator app shows for Mewayz.
      </p>
      <FormProblem problem={problem} />
      <Field label="Code of the app" error={errors.code}>
        <CodeInput ref={field} name="code" value={code} onChange={type} readOnly={isBusy} />
      </Field>
      <Submit label="Sign in" isBusy={isBusy} isTryingAgain={isTryingAgain}>
        <p className="text-center text-muted">
          No app at hand?{' '}
          <Button variant="link" onClick={onOther}>
            Use a backup code
          </Button>
        </p>
      </Submit>
    </form>
  );
}

function BackupCode({ first, onSignedIn, onOther }: StepProps) {
  const field = useRef<HTMLInputElement>(null);
  const { errors, problem, isBusy, isTryingAgain, prepare, clear, submit } = usePublicForm(
    () => import('../../../shared/contracts/auth/login-recover.ts').then(({ loginRecover }) => loginRecover),
    ({ code }) =>
      code === 'INVALID_CREDENTIALS'
        ? atField('backupCode', 'This is none of the backup codes that are left. Each of them works once.')
        : undefined,
  );
  useEffect(() => field.current?.focus(), []);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    stay(event);
    const { email, password, rememberMe } = first;
    const backupCode = new FormData(event.currentTarget).get('backupCode');
    if (await submit(event.currentTarget, { email, password, rememberMe, backupCode })) onSignedIn();
  };
  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p role="status" className="-mt-3 text-pretty text-muted">
        One of the ten codes that you were given with the second factor. It works once.
      </p>
      <FormProblem problem={problem} />
      <Field label="Backup code" error={errors.backupCode}>
        <Input
          ref={field}
          name="backupCode"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={11}
          placeholder="XXXXX-XXXXX"
          controlSize="lg"
          className="font-mono"
          required
          onInput={() => clear('backupCode')}
        />
      </Field>
      <Submit label="Sign in" isBusy={isBusy} isTryingAgain={isTryingAgain}>
        <p className="text-center text-muted">
          The app is back?{' '}
          <Button variant="link" onClick={onOther}>
            Use its code
          </Button>
        </p>
      </Submit>
    </form>
  );
}

/** The step may stand in a dialog above a form of the page, and React's events climb the tree of components. */
function stay(event: FormEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
