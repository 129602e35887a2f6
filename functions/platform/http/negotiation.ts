/** Which representation a caller gets (RFC 9110, 12.5.1): decided before anything is done. */
import type { Contract } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';

export type Representation = 'json' | 'xml' | 'csv';
export const mediaTypes: Readonly<Record<Representation, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  csv: 'text/csv',
};

/** Quality from 0 to 1 that an Accept header gives a media type; the most specific range decides. */
export function quality(accept: string, mediaType: string): number {
  const [type] = mediaType.split('/');
  let best = 0;
  let specificity = -1;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const rank = name === mediaType ? 2 : name === `${type}/*` ? 1 : name === '*/*' ? 0 : -1;
    if (rank < 0 || rank < specificity) continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const value = q === undefined ? 1 : Number(q.slice(2));
    const known = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
    best = rank > specificity ? known : Math.max(best, known);
    specificity = rank;
  }
  return best;
}

/** The best acceptable one of `offered`, which stand in our order of preference. */
function best(accept: string, offered: readonly Representation[]): Representation | undefined {
  let chosen: Representation | undefined;
  let highest = 0;
  for (const representation of offered) {
    const q = quality(accept, mediaTypes[representation]);
    if (q > highest) {
      chosen = representation;
      highest = q;
    }
  }
  return chosen;
}

const forOne = ['json', 'xml'] as const;
const forLists = ['json', 'xml', 'csv'] as const;

/**
 * Representation of a success. Who accepts only application/problem+json names how to tell them of errors, and gets
 * JSON otherwise. Errors: NOT_ACCEPTABLE.
 */
export function negotiate(contract: Contract, accept: string | undefined): Representation {
  if (!accept || accept === '*/*' || accept === 'application/json' || contract.raw || contract.success === 204)
    return 'json';
  const offered = contract.list ? forLists : forOne;
  const chosen = best(accept, offered);
  if (chosen) return chosen;
  if (quality(accept, 'application/problem+json') > 0) return 'json';
  throw new AppError('NOT_ACCEPTABLE', { details: { offered: offered.map((name) => mediaTypes[name]) } });
}

/** Representation of a failure: never refused, JSON when nothing fits. */
export function negotiateFailure(accept: string | undefined): 'json' | 'xml' | 'problem' {
  if (!accept || accept === '*/*' || accept === 'application/json') return 'json';
  const json = quality(accept, 'application/json');
  // `*/*` accepts a problem document too, but does not ask for it.
  const problem = /problem\+json/i.test(accept) ? quality(accept, 'application/problem+json') : 0;
  const xml = quality(accept, 'application/xml');
  if (problem > 0 && problem >= json && problem >= xml) return 'problem';
  return xml > json ? 'xml' : 'json';
}
