/** Which headers, cookies or query parameters a policy takes: none, all, only those named, or all but those named. */
import type { Json } from '../../types.ts';
import { objectOf, textsOf } from '../edge/properties.ts';

export interface Selection {
  kind: 'none' | 'all' | 'only' | 'except';
  names: ReadonlySet<string>;
}

export const NOTHING: Selection = { kind: 'none', names: new Set() };
export const EVERYTHING: Selection = { kind: 'all', names: new Set() };

export function only(...names: string[]): Selection {
  return { kind: 'only', names: new Set(names) };
}

export function selects(selection: Selection, name: string): boolean {
  if (selection.kind === 'only') return selection.names.has(name);
  if (selection.kind === 'except') return !selection.names.has(name);
  return selection.kind === 'all';
}

/** Reads a behaviour (`none`, `whitelist`, `all`, `allViewer`, `allExcept`) and its list. Header names go to lower case. */
export function readSelection(behaviour: string | undefined, names: Json | undefined, lowerCase: boolean): Selection {
  const list = textsOf(Array.isArray(names) ? names : objectOf(names).Items).map((name) =>
    lowerCase ? name.toLowerCase() : name,
  );
  switch (behaviour) {
    case undefined:
    case 'none':
      return NOTHING;
    case 'whitelist':
      return only(...list);
    case 'all':
    case 'allViewer':
      return EVERYTHING;
    case 'allExcept':
      return { kind: 'except', names: new Set(list) };
    default:
      throw new Error(`Unknown behaviour "${behaviour}" in a CloudFront policy.`);
  }
}
