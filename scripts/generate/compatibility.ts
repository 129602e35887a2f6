/**
 * Whether readers of an old event schema can read what the new one allows. Only additions are: a field more, a tighter bound. Anything else
 * is a breaking change and needs a new version of the event beside this one.
 */
type Schema = Record<string, unknown> & {
  type?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
};

/** What breaks readers, in words with the path; empty: nothing. */
export function breakingChanges(before: Schema, after: Schema, path = '$'): string[] {
  const found: string[] = [];
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const narrowed = before.type === 'number' && after.type === 'integer';
  if (!same(before.type, after.type) && !narrowed)
    found.push(`${path} was ${String(before.type)} and is ${String(after.type)}`);
  if (before.enum) {
    const extra = after.enum
      ? after.enum.filter((value) => !before.enum?.some((known) => same(known, value)))
      : ['anything'];
    if (extra.length > 0) found.push(`${path} can now also be ${extra.join(', ')}`);
  }
  for (const name of ['pattern', 'format', 'anyOf', 'oneOf', 'allOf'])
    if (before[name] !== undefined && !same(before[name], after[name])) found.push(`${path} has another ${name}`);
  for (const [name, holds] of [
    ['minimum', (was: number, is: number) => is >= was],
    ['maximum', (was: number, is: number) => is <= was],
    ['minLength', (was: number, is: number) => is >= was],
    ['maxLength', (was: number, is: number) => is <= was],
    ['minItems', (was: number, is: number) => is >= was],
    ['maxItems', (was: number, is: number) => is <= was],
  ] as const) {
    const [was, is] = [before[name], after[name]];
    if (typeof was === 'number' && (typeof is !== 'number' || !holds(was, is)))
      found.push(`${path} has a looser ${name}`);
  }
  for (const name of before.required ?? [])
    if (!after.required?.includes(name)) found.push(`${path}.${name} is no longer always there`);
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const now = after.properties?.[name];
    if (now) found.push(...breakingChanges(schema, now, `${path}.${name}`));
    else found.push(`${path}.${name} is gone`);
  }
  if (before.items) {
    if (after.items) found.push(...breakingChanges(before.items, after.items, `${path}[]`));
    else found.push(`${path} no longer says what it holds`);
  }
  return found;
}
