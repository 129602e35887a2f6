/** What a failed call means to the person before the page, and to the page itself. No dependency but the client: public pages use it too. */
import { ApiProblem } from '../../shared/client.ts';

/** Longest time, in seconds, that a page waits by itself before it tries again; beyond it, the person is told when to come back. */
export const LONGEST_WAIT_SECONDS = 60;
const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether the same call may well succeed a little later. Errors of our own code, and refusals for a reason, do not. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  if ((error.retryAfter ?? 0) > LONGEST_WAIT_SECONDS) return false;
  return error.status === 0 || error.code === 'REQUEST_IN_PROGRESS' || transientStatuses.has(error.status);
}

/** Milliseconds until try `failures` + 1: what the API asked for, else 1, 2, 4, 8, 10, 10 … seconds, each a little shorter by chance. */
export function waitBeforeRetry(failures: number, error: unknown): number {
  const asked = error instanceof ApiProblem ? error.retryAfter : undefined;
  if (asked !== undefined) return asked * 1_000;
  return Math.min(1_000 * 2 ** Math.min(failures, 10), 10_000) * (1 - Math.random() * 0.2);
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

export interface Words {
  title: string;
  text: string;
  /** For support, when the failure is ours: shown small. A refusal explains itself. */
  requestId?: string;
}

/** The problem in words for the person who reads it. */
export function wordsFor(error: unknown): Words {
  if (!(error instanceof ApiProblem))
    return { title: 'Something went wrong on this page', text: 'Reload it. What was saved is safe.' };
  const { requestId } = error;
  if (error.code === 'NETWORK_ERROR' && error.status === 0)
    return { title: 'The service can not be reached', text: 'Check your connection. Nothing that you typed is lost.' };
  if (error.status === 429) {
    const wait = error.retryAfter === undefined ? 'a little later' : `in ${inWords(error.retryAfter)}`;
    return { title: 'Too many tries', text: `Try again ${wait}.` };
  }
  if (error.status >= 500)
    return {
      title: 'Something went wrong on our side',
      text: 'Try again. If it stays, tell support the request id.',
      requestId,
    };
  if (error.code === 'VALIDATION_ERROR')
    return { title: 'Some fields need another look', text: Object.values(error.fields).join(' ') };
  if (error.code === 'CONFLICT' || error.code === 'PRECONDITION_FAILED')
    return {
      title: 'Somebody else changed this meanwhile',
      text: 'What is stored now was loaded again. Look at it, then save once more.',
    };
  return { title: error.message, text: '' };
}

/** Sentence for a field: rules are phrased to follow the field's name (`must be …`), people read a sentence. */
export function fieldSentence(message: string): string {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

export interface FormProblems {
  /** Field (dotted path below the body, as forms name it: `inventory.stock`, `lines.0.quantity`) → sentence. */
  fields: Record<string, string>;
  /** What belongs to no field that the form has; undefined when all of it does. */
  form: Words | undefined;
}

/**
 * Sorts a refusal into fields and the rest. `has` says which fields the form shows: problems of others are told at the form, never
 * dropped.
 */
export function formProblems(error: unknown, has: (field: string) => boolean): FormProblems {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  const place = (path: string, message: string) => {
    const field = path.replace(/^body\./, '').replace(/\[(\d+)\]/g, '.$1');
    if (!has(field)) rest.push(`${field} ${message}`);
    else if (fields[field] === undefined) fields[field] = fieldSentence(message);
    else fields[field] += ` ${fieldSentence(message)}`;
  };
  if (error instanceof ApiProblem && error.code === 'VALIDATION_ERROR') {
    const { fields: problems } = error.details as { fields?: { path: string; message: string }[] };
    for (const { path, message } of problems ?? []) place(path, message);
  } else if (error instanceof ApiProblem && error.code === 'DUPLICATE_ENTITY') {
    const field = String(error.details.field ?? '').replace(/^body\./, '');
    if (has(field)) place(field, 'is taken already');
  }
  if (Object.keys(fields).length === 0 && rest.length === 0) return { fields, form: wordsFor(error) };
  const form = rest.length > 0 ? { title: 'Some fields need another look', text: rest.join('; ') } : undefined;
  return { fields, form };
}
