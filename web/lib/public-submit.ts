/** What a form outside of the app needs once somebody uses it: the client and the words for what it refuses. Loaded on demand by public-form.ts. */
import { ApiProblem, createClient } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { observedFetch } from './connection.ts';
import { issueWords } from './issue-words.ts';
import { type FormProblems, fieldSentence, formProblems, isTransient, waitBeforeRetry } from './problems.ts';

const api = createClient({ baseUrl: '/api/v1', fetch: observedFetch });
/** How often a submission is tried before the person is asked to: about half a minute. */
const TRIES = 6;

export type Outcome = { result: unknown; refused?: never } | { refused: FormProblems; result?: never };
/** What a form says to a refusal in its own words; undefined: what is said to every form. */
export type OwnWords = (problem: ApiProblem) => FormProblems | undefined;

interface Submission {
  /** Its fields are those that can be wrong; the first wrong one gets the focus. */
  form: HTMLFormElement;
  onRetry: () => void;
  ownWords: OwnWords | undefined;
}

/** Checks `body` by the contract and sends it; tries again by itself while a failure may pass, and says so by `onRetry`. */
export async function submitOnce(
  contract: Contract,
  body: Record<string, unknown>,
  submission: Submission,
): Promise<Outcome> {
  const outcome = await checkAndSend(contract, body, submission);
  const wrong = outcome.refused?.fields ?? {};
  const first = [...submission.form.elements].find((element) => (element as HTMLInputElement).name in wrong);
  if (first instanceof HTMLElement) first.focus();
  return outcome;
}

async function checkAndSend(
  contract: Contract,
  body: Record<string, unknown>,
  { form, onRetry, ownWords }: Submission,
): Promise<Outcome> {
  const has = (field: string) => form.elements.namedItem(field) !== null;
  const checked = contract.body?.safeParse(body, { error: issueWords });
  if (checked && !checked.success) {
    const fields: Record<string, string> = {};
    const rest: string[] = [];
    for (const { path, message } of checked.error.issues) {
      const field = path.join('.');
      if (has(field)) fields[field] ??= fieldSentence(message);
      else rest.push(fieldSentence(message));
    }
    return { refused: { fields, form: rest.length > 0 ? { title: rest.join(' '), text: '' } : undefined } };
  }
  const call = api.call as (contract: Contract, input: object) => Promise<unknown>;
  for (let failures = 0; ; failures++) {
    try {
      return { result: await call(contract, { body }) };
    } catch (error) {
      if (!isTransient(error) || failures >= TRIES) {
        const own = error instanceof ApiProblem ? ownWords?.(error) : undefined;
        return { refused: own ?? formProblems(error, has) };
      }
      onRetry();
      await new Promise((resolve) => setTimeout(resolve, waitBeforeRetry(failures, error)));
    }
  }
}
