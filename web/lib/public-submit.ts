/** What a form outside of the app needs once somebody uses it: the client and the words for what it refuses. Loaded on demand by public-form.ts. */
import { createClient } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { observedFetch } from './connection.ts';
import { issueWords } from './issue-words.ts';
import { type FormProblems, fieldSentence, formProblems, isTransient, waitBeforeRetry } from './problems.ts';

const api = createClient({ baseUrl: '/api/v1', fetch: observedFetch });
/** How often a submission is tried before the person is asked to: about half a minute. */
const TRIES = 6;

export type Outcome = { result: unknown; refused?: never } | { refused: FormProblems; result?: never };

/**
 * Checks `body` by the contract and sends it; tries again by itself while a failure may pass, and says so by `onRetry`. `has` says which fields
 * the form shows.
 */
export async function submitOnce(
  contract: Contract,
  body: Record<string, unknown>,
  has: (field: string) => boolean,
  onRetry: () => void,
): Promise<Outcome> {
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
      if (!isTransient(error) || failures >= TRIES) return { refused: formProblems(error, has) };
      onRetry();
      await new Promise((resolve) => setTimeout(resolve, waitBeforeRetry(failures, error)));
    }
  }
}
