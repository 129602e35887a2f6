/**
 * Forms of the pages outside of the app, which weigh little: the client, the contract and its schema (zod) are loaded when somebody begins to
 * type, so they do not weigh on the first paint.
 */
import { useCallback, useRef, useState } from 'react';
import type { Result } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import type { Words } from './problems.ts';
import type { OwnWords } from './public-submit.ts';

const loadSubmit = () => import('./public-submit.ts');
/** What a form needs may not come for want of a connection: milliseconds between tries. */
const LOAD_AGAIN_MS = 2_000;

export interface PublicForm<C extends Contract> {
  /** Field → sentence. */
  errors: Readonly<Record<string, string>>;
  /** What belongs to no field. */
  problem: Words | undefined;
  isBusy: boolean;
  /** A try failed, the next comes by itself. */
  isTryingAgain: boolean;
  /** For `onFocus` of the form: loads what checking and sending need. */
  prepare: () => void;
  /** Takes the error of a field away: its value is being corrected. */
  clear: (field: string) => void;
  /** Checks and sends. Resolves to undefined when something is in the way; the first wrong field has the focus then. */
  submit: (form: HTMLFormElement, body: Record<string, unknown>) => Promise<Result<C> | undefined>;
  /** After a success that leads to no other page: until then the form stays busy. */
  release: () => void;
}

/** `load` imports the contract of the operation that the form is for; `ownWords` says what the form says to a refusal. */
export function usePublicForm<C extends Contract>(load: () => Promise<C>, ownWords?: OwnWords): PublicForm<C> {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Words>();
  const [state, setState] = useState<'idle' | 'busy' | 'again'>('idle');
  const isRunning = useRef(false);
  const loadContract = useRef(load);

  const prepare = useCallback(() => {
    // Should it fail, sending loads it again and says so.
    void Promise.all([loadContract.current(), loadSubmit()]).catch(() => undefined);
  }, []);
  const clear = useCallback((field: string) => {
    setErrors((now) =>
      field in now ? Object.fromEntries(Object.entries(now).filter(([name]) => name !== field)) : now,
    );
  }, []);

  const loaded = async (): Promise<[C, Awaited<ReturnType<typeof loadSubmit>>]> => {
    for (;;) {
      try {
        return await Promise.all([loadContract.current(), loadSubmit()]);
      } catch {
        setState('again');
        await new Promise((resolve) => setTimeout(resolve, LOAD_AGAIN_MS));
      }
    }
  };

  const send = async (form: HTMLFormElement, body: Record<string, unknown>): Promise<Result<C> | undefined> => {
    setProblem(undefined);
    setState('busy');
    const [contract, { submitOnce }] = await loaded();
    const { refused, result } = await submitOnce(contract, body, { form, onRetry: () => setState('again'), ownWords });
    if (!refused) return result as Result<C>;
    setErrors(refused.fields);
    setProblem(refused.form);
    setState('idle');
    return undefined;
  };

  return {
    errors,
    problem,
    isBusy: state !== 'idle',
    isTryingAgain: state === 'again',
    prepare,
    clear,
    release: () => setState('idle'),
    submit: async (form, body) => {
      if (isRunning.current) return undefined;
      isRunning.current = true;
      try {
        return await send(form, body);
      } finally {
        isRunning.current = false;
      }
    },
  };
}
