import * as z from 'zod';
import { contract } from '../contract.ts';
import { errorEntryExample, errorEntrySchema } from './error-entry.ts';

export const getError = contract({
  id: 'system.get-error',
  method: 'GET',
  path: '/errors/{code}',
  summary: 'What one error means and what helps',
  public: 'Error replies link here; developers read it before they have an account.',
  partner: true,
  params: z.strictObject({ code: z.string().regex(/^[A-Z][A-Z_]{1,40}$/, 'must be an error code') }),
  success: 200,
  output: errorEntrySchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { code: 'OUT_OF_STOCK' }, output: errorEntryExample },
});
