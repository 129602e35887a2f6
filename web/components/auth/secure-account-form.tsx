'use client';

import { type FormEvent, useState } from 'react';
import { usePublicForm } from '../../lib/public-form.ts';
import { buttonLook } from '../ui/button';
import { FormProblem } from './form-problem';
import { Submit } from './submit';
import { TextLink } from './text-link';

/**
 * What the link of a security mail leads to. Nothing happens before the press: mail programs and their guards open links too. The token
 * stands after the #, which browsers send to nobody.
 */
export function SecureAccountForm() {
  const [isSecured, setSecured] = useState(false);
  const [isUseless, setUseless] = useState(false);
  const useless = () => {
    setUseless(true);
    return {
      fields: {},
      form: { title: 'This link does not work', text: 'It works once, for seven days, and must be opened whole.' },
    };
  };
  const { problem, isBusy, isTryingAgain, prepare, submit } = usePublicForm(
    () => import('../../../shared/contracts/auth/secure-account.ts').then(({ secureAccount }) => secureAccount),
    ({ code }) => (code === 'VALIDATION_ERROR' ? useless() : undefined),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What is missing in a link that was cut off is not told by its field.
    const token = window.location.hash.slice(1) || '-';
    if (!(await submit(event.currentTarget, { token }))) return;
    setSecured(true);
    window.history.replaceState(null, '', window.location.pathname);
  };
  if (isSecured)
    return (
      <div role="status" className="flex flex-col gap-5">
        <p className="-mt-3 text-pretty text-muted">
          Everybody is signed out, and the old password no longer works. We have mailed you a code: set a new password
          with it now.
        </p>
        <a href="/reset-password" className={buttonLook({ variant: 'primary', size: 'lg', wide: true })}>
          Set a new password
        </a>
      </div>
    );
  return (
    <form method="post" onSubmit={send} onFocus={prepare} noValidate className="flex flex-col gap-5">
      <p className="-mt-3 text-pretty text-muted">
        Something happened in your account, and it was not you? Then take it back:
      </p>
      <ol className="flex list-decimal flex-col gap-1.5 ps-5 text-pretty marker:text-subtle">
        <li>Everybody is signed out of it, on every device.</li>
        <li>The password becomes useless.</li>
        <li>You get a code by mail to set a new one.</li>
      </ol>
      <FormProblem problem={problem}>
        {isUseless && (
          <p>
            Still worried? <TextLink href="/forgot-password">Set a new password</TextLink>: that signs everybody out
            too.
          </p>
        )}
      </FormProblem>
      <Submit label="It was not me: secure my account" variant="danger" isBusy={isBusy} isTryingAgain={isTryingAgain}>
        <p className="text-center text-pretty text-muted">If it was you, there is nothing to do.</p>
      </Submit>
    </form>
  );
}
