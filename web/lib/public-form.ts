/**
 * Forms of the pages outside of the app, which weigh little: the contract and its schema (zod) are loaded when somebody begins to type, so
 * they do not weigh on the first paint.
 */
import { useCallback, useRef, useState } from 'react';
import { type ClientOptions, createClient, type Result } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { observedFetch } from './connection.ts';
import { issueWords } from './issue-words.ts';
import { fieldSentence, formProblems, isTransient, type Words, waitBeforeRetry } from './problems.ts';

const options: ClientOptions = { baseUrl: '/api/v1', fetch: observedFetch };
const api = createClient(options);
/** How often a submission is tried before the person is asked to: about half a minute. */
const TRIES = 6;

export interface PublicForm<C extends Contract> {
  /** Field → sentence. */
  errors: Readonly<Record<string, string>>;
  /** What belongs to no field. */
  problem: Words | undefined;
  isBusy: boolean;
  /** A try failed, the next comes by itself. */
  isTryingAgain: boolean;
  /** For `onFocus` of the form: loads what checking needs. */
  prepare: () => void;
  /** Takes the error of a field away: its value is being corrected. */
  clear: (field: string) => void;
  /** Checks and sends. Resolves to undefined when something is in the way; the first wrong field has the focus then. */
  submit: (form: HTMLFormElement, body: Record<string, unknown>) => Promise<Result<C> | undefined>;
  /** After a success that leads to no other page. */
  release: () => void;
}

/** `load` imports the contract of the operation that the form is for. */
export function usePublicForm<C extends Contract>(load: () => Promise<C>): PublicForm<C> {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Words>();
  const [state, setState] = useState<'idle' | 'busy' | 'again'>('idle');
  const isRunning = useRef(false);
  const loader = useRef(load);

  const prepare = useCallback(() => void loader.current().catch(() => undefined), []);
  const clear = useCallback((field: string) => {
    setErrors((now) =>
      field in now ? Object.fromEntries(Object.entries(now).filter(([name]) => name !== field)) : now,
    );
  }, []);

  const show = (form: HTMLFormElement, fields: Record<string, string>, rest: Words | undefined) => {
    setErrors(fields);
    setProblem(rest);
    setState('idle');
    const names = [...form.elements].map((element) => (element as HTMLInputElement).name);
    const first = names.find((name) => name in fields);
    const element = first === undefined ? null : form.elements.namedItem(first);
    if (element instanceof HTMLElement) element.focus();
  };

  const send = async (form: HTMLFormElement, body: Record<string, unknown>): Promise<Result<C> | undefined> => {
    setProblem(undefined);
    setState('busy');
    const has = (field: string) => form.elements.namedItem(field) !== null;
    for (let failures = 0; ; failures++) {
      try {
        const contract = await loader.current();
        const checked = contract.body?.safeParse(body, { error: issueWords });
        if (checked && !checked.success) {
          const fields: Record<string, string> = {};
          const rest: string[] = [];
          for (const { path, message } of checked.error.issues) {
            const field = path.join('.');
            if (has(field)) fields[field] ??= fieldSentence(message);
            else rest.push(fieldSentence(message));
          }
          show(form, fields, rest.length > 0 ? { title: rest.join(' '), text: '' } : undefined);
          return undefined;
        }
        const call = api.call as (contract: Contract, input: object) => Promise<unknown>;
        return (await call(contract, { body })) as Result<C>;
      } catch (error) {
        // The chunk of the contract may not have come; that passes like any other failure of the network.
        const mayPass = isTransient(error) || (error instanceof Error && error.name === 'ChunkLoadError');
        if (!mayPass || failures >= TRIES) {
          const { fields, form: rest } = formProblems(error, has);
          show(form, fields, rest);
          return undefined;
        }
        setState('again');
        await new Promise((resolve) => setTimeout(resolve, waitBeforeRetry(failures, error)));
      }
    }
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
        const result = await send(form, body);
        // What comes next is another page: until it is there, the form stays busy.
        if (result === undefined) setState('idle');
        return result;
      } finally {
        isRunning.current = false;
      }
    },
  };
}
