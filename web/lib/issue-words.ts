/** Sentences for what a schema finds wrong, where the schema itself has no words for it. Types of zod only: public pages use it too. */
import type * as z from 'zod';

const count = (n: number | bigint, of: string) => `${n} ${of}${Number(n) === 1 ? '' : 's'}`;

/** Handed to a schema's parse as `error`; undefined leaves zod's own words. */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  const { input } = issue;
  // What is missing and what is empty is the same to a person.
  if (input === undefined || input === '' || input === null || Number.isNaN(input)) return 'This is needed.';
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return `At least ${count(issue.minimum, 'character')}.`;
      if (issue.origin === 'array') return `At least ${issue.minimum}.`;
      return `Must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}.`;
    case 'too_big':
      if (issue.origin === 'string') return `At most ${count(issue.maximum, 'character')}.`;
      if (issue.origin === 'array') return `At most ${issue.maximum}.`;
      return `Must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}.`;
    case 'invalid_type':
      if (issue.expected === 'int') return 'Must be a whole number.';
      return issue.expected === 'number' ? 'Must be a number.' : undefined;
    case 'invalid_value':
      return 'Choose one of the possible values.';
    default:
      return undefined;
  }
}
