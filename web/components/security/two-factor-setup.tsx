'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../../shared/client.ts';
import { me } from '../../../shared/contracts/auth/me.ts';
import { mfaEnable } from '../../../shared/contracts/auth/mfa-enable.ts';
import { mfaSetup } from '../../../shared/contracts/auth/mfa-setup.ts';
import { useMutationOf } from '../../lib/operations.ts';
import { formProblems, type Words, wordsFor } from '../../lib/problems.ts';
import { CodeInput, DIGITS } from '../auth/code-input';
import { TextLink } from '../auth/text-link';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';
import { BackupCodes } from './backup-codes';

/** "JBSW Y3DP …": read and typed in groups. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

export interface TwoFactorSetupProps {
  /** What stands before the button that begins. */
  children: React.ReactNode;
  /** The second factor is on and its backup codes are kept. */
  onDone: () => void;
  /** It is on already: by another tab, or another device. */
  onStale: () => void;
}

/** Sets up a second factor: begin, scan or type, prove by a code, keep the backup codes. */
export function TwoFactorSetup({ children, onDone, onStale }: TwoFactorSetupProps) {
  const [problem, setProblem] = useState<Words>();
  const refused = (error: Error) => {
    if (error instanceof ApiProblem && error.code === 'INVALID_STATE') onStale();
    setProblem(wordsFor(error));
  };
  const setup = useMutationOf(mfaSetup, { onError: refused });
  const enable = useMutationOf(mfaEnable, { invalidates: [me] });
  if (enable.data) return <BackupCodes codes={enable.data.backupCodes} onKept={onDone} />;
  const notice = problem && (
    <Alert tone="bad" role="alert" title={problem.title}>
      {problem.text}
    </Alert>
  );
  if (!setup.data)
    return (
      <div className="flex flex-col gap-4">
        {children}
        {notice}
        <div>
          <Button
            variant="primary"
            loading={setup.isPending}
            onClick={() => {
              setProblem(undefined);
              setup.submit({ body: {} });
            }}
          >
            Set up
          </Button>
        </div>
      </div>
    );
  const { secret, otpauthUri, qrCode } = setup.data;
  return (
    <div className="flex flex-col gap-5">
      {notice}
      <div className="flex flex-col gap-5 sm:flex-row sm:gap-6">
        {/* biome-ignore lint/performance/noImgElement: there is no image server, and it is a data URI */}
        <img
          src={qrCode}
          alt="QR code for your authenticator app"
          width={184}
          height={184}
          className="size-46 shrink-0 self-center rounded-lg border sm:self-start"
        />
        <div className="flex min-w-0 flex-col gap-3">
          <p className="text-pretty">
            <strong className="font-medium">1.</strong> Scan this with your authenticator app.{' '}
            <span className="text-muted">
              On this device: <TextLink href={otpauthUri}>open the app</TextLink>.
            </span>
          </p>
          <div className="min-w-0">
            <p className="text-sm text-muted">Or type this secret into it:</p>
            <p className="flex items-start gap-1">
              <code className="min-w-0 font-mono text-base break-words">{inGroups(secret)}</code>
              <CopyButton value={secret} label="Copy the secret" className="-my-1.5 text-subtle" />
            </p>
          </div>
        </div>
      </div>
      <EnableForm
        isBusy={enable.isPending}
        onSend={async (code) => {
          setProblem(undefined);
          try {
            await enable.submitAsync({ body: { code } });
            return undefined;
          } catch (error) {
            const { fields, form } = formProblems(error, (field) => field === 'code');
            if (error instanceof ApiProblem && error.code === 'INVALID_STATE') onStale();
            setProblem(form);
            return fields.code;
          }
        }}
      />
    </div>
  );
}

/** The code that proves that the app is set up; the sixth digit sends it. `onSend` answers what is wrong with it. */
function EnableForm({ isBusy, onSend }: { isBusy: boolean; onSend: (code: string) => Promise<string | undefined> }) {
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    if (!window.matchMedia('(pointer: coarse)').matches) field.current?.focus();
  }, []);
  const send = async (digits: string) => {
    if (digits.length < DIGITS) return setWrong('Must be the six digits of the app.');
    const words = await onSend(digits);
    if (words === undefined) return;
    setWrong(words);
    setCode('');
    field.current?.focus();
  };
  const type = (digits: string) => {
    setCode(digits);
    if (digits !== '') setWrong(undefined);
    if (digits.length === DIGITS && digits !== code) void send(digits);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void send(code);
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-xs flex-col gap-4">
      <Field
        label={
          <span>
            <span className="font-medium">2.</span> The code that the app shows
          </span>
        }
        error={wrong}
      >
        <CodeInput ref={field} name="code" value={code} onChange={type} readOnly={isBusy} />
      </Field>
      <Button type="submit" variant="primary" loading={isBusy} className="self-start">
        Turn on
      </Button>
    </form>
  );
}
