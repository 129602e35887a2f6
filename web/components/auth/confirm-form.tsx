'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { CodeInput, DIGITS, digitsOf } from './code-input';
import { EmailField } from './email-field';
import { FormProblem } from './form-problem';
import { Submit } from './submit';

/** Seconds between two codes that one asks for. */
const RESEND_AFTER = 30;

const addressGiven = () => new URLSearchParams(window.location.search).get('email') ?? '';
function typedInto(form: HTMLFormElement) {
  const fields = new FormData(form);
  return { email: String(fields.get('email')), code: digitsOf(String(fields.get('code'))) };
}

/** Confirms the address with the code of the mail; the sixth digit sends it. */
export function ConfirmForm() {
  const router = useRouter();
  const confirming = usePublicForm(() =>
    import('../../../shared/contracts/auth/confirm.ts').then(({ confirm }) => confirm),
  );
  const resending = usePublicForm(() =>
    import('../../../shared/contracts/auth/resend-code.ts').then(({ resendCode }) => resendCode),
  );
  const form = useRef<HTMLFormElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const [email, setEmail] = useState('');
  const [isKnown, setKnown] = useState(false);
  const [code, setCode] = useState('');
  const [left, setLeft] = useState(0);
  const [said, setSaid] = useState('');

  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);

  const send = async (digits: string, to: string) => {
    if (!form.current) return;
    setSaid('');
    const done = await confirming.submit(form.current, { email: to, code: digits });
    if (done) router.push(`/sign-in?confirmed&email=${encodeURIComponent(done.email)}`);
  };
  const sendFirst = useRef(send);
  const isAlive = useRef(false);
  useEffect(() => {
    if (!form.current) return;
    isAlive.current = true;
    // What was typed before the page was alive stays, and does what it would have done.
    const { email: typed, code: digits } = typedInto(form.current);
    const to = typed || addressGiven();
    setEmail(to);
    setCode(digits);
    if (digits.length === DIGITS && to !== '') void sendFirst.current(digits, to);
    if (addressGiven() === '') return;
    setKnown(true);
    setLeft(RESEND_AFTER);
    codeField.current?.focus();
  }, []);
  const type = (digits: string) => {
    setCode(digits);
    confirming.clear('code');
    if (digits.length === DIGITS && digits !== code && email !== '') void send(digits, email);
  };
  const resend = async () => {
    if (!form.current) return;
    const done = await resending.submit(form.current, { email });
    if (!done) return;
    resending.release();
    setCode('');
    setLeft(RESEND_AFTER);
    // The same words whether or not such an account waits: nobody learns here who has one.
    setSaid('If this address waits for its confirmation, a new code is on its way.');
    codeField.current?.focus();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = typedInto(event.currentTarget);
    // Sent before that, it comes before the field has the address of the link.
    void send(typed.code, isAlive.current ? typed.email : typed.email || addressGiven());
  };
  const problem = confirming.problem ?? resending.problem;
  return (
    <form
      ref={form}
      method="post"
      onSubmit={submit}
      onFocus={confirming.prepare}
      noValidate
      className="flex flex-col gap-5"
    >
      <p className="-mt-3 text-pretty text-muted">
        {isKnown ? (
          <>
            We have sent six digits to <strong className="font-medium break-all text-fg">{email}</strong>. They are good
            for a day.
          </>
        ) : (
          'Enter the six digits that we have sent to your address.'
        )}
      </p>
      <FormProblem problem={problem} />
      <div className={isKnown ? 'hidden' : ''}>
        <EmailField
          error={confirming.errors.email ?? resending.errors.email}
          controlSize="lg"
          value={email}
          onInput={(typed) => {
            setEmail(typed);
            confirming.clear('email');
            resending.clear('email');
          }}
        />
      </div>
      <Field label="Code" error={confirming.errors.code}>
        <CodeInput ref={codeField} name="code" value={code} onChange={type} readOnly={confirming.isBusy} />
      </Field>
      <Submit
        label="Confirm"
        isBusy={confirming.isBusy}
        isWaiting={confirming.isBusy || resending.isBusy}
        isTryingAgain={confirming.isTryingAgain || resending.isTryingAgain}
      />
      <div className="flex flex-col items-center gap-2 text-center">
        <p role="status" className="text-pretty text-muted empty:hidden">
          {said}
        </p>
        <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-muted">
          No mail?
          {left > 0 ? (
            <span className="numeric">Send another in 0:{String(left).padStart(2, '0')}</span>
          ) : (
            <Button variant="link" onClick={resend} loading={resending.isBusy}>
              Send another code
            </Button>
          )}
          {isKnown && (
            <Button variant="link" onClick={() => setKnown(false)}>
              Another address
            </Button>
          )}
        </p>
      </div>
    </form>
  );
}
