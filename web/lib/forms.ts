/** Forms on the contracts' own schemas: React Hook Form checks what the API would check, and shows what only the API knows. */
import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldValues, type Path, type UseFormProps, type UseFormReturn, useForm } from 'react-hook-form';
import type * as z from 'zod';
import { issueWords } from './issue-words.ts';
import { fieldSentence, formProblems, type Words } from './problems.ts';

/** A form whose values are what a contract's body takes, before parsing; submitted values are parsed. */
export function useContractForm<S extends z.ZodObject>(
  body: S,
  options: Omit<UseFormProps<z.input<S>, unknown, z.output<S>>, 'resolver'>,
): UseFormReturn<z.input<S>, unknown, z.output<S>> {
  const check = zodResolver(body, { error: issueWords });
  return useForm<z.input<S>, unknown, z.output<S>>({
    mode: 'onTouched',
    ...options,
    resolver: (async (...given: Parameters<typeof check>) => {
      const result = await check(...given);
      makeSentences(result.errors);
      return result;
    }) as never,
  });
}

/** Schemas phrase their rules to follow a field's name; a form shows sentences. */
function makeSentences(errors: object): void {
  for (const error of Object.values(errors) as { message?: unknown }[]) {
    if (typeof error?.message === 'string') error.message = fieldSentence(error.message);
    else if (error) makeSentences(error);
  }
}

function hasPath(values: unknown, path: string): boolean {
  let value = values;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(part in value)) return false;
    value = (value as Record<string, unknown>)[part];
  }
  return path !== '';
}

/**
 * Puts what the API refused at the fields of the form, the first of them in focus; answers what belongs to the form as a whole, or
 * undefined. A field is one that the form has a value or a default for.
 */
export function showProblems<V extends FieldValues>(
  form: UseFormReturn<V, unknown, FieldValues>,
  error: unknown,
): Words | undefined {
  const values = { ...form.formState.defaultValues, ...form.getValues() };
  const { fields, form: rest } = formProblems(error, (field) => hasPath(values, field));
  let isFirst = true;
  for (const [field, message] of Object.entries(fields)) {
    form.setError(field as Path<V>, { type: 'server', message: fieldSentence(message) }, { shouldFocus: isFirst });
    isFirst = false;
  }
  return rest;
}
