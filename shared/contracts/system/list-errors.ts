import * as z from 'zod';
import { contract } from '../contract.ts';
import { linksSchema } from '../list.ts';
import { errorEntryExample, errorEntrySchema } from './error-entry.ts';

export const listErrors = contract({
  id: 'system.list-errors',
  method: 'GET',
  path: '/errors',
  summary: 'The catalogue of errors, whole',
  public: 'Developers read it before they have an account.',
  partner: true,
  success: 200,
  output: z.object({ errors: z.array(errorEntrySchema), _links: linksSchema }),
  errors: [],
  example: {
    output: { errors: [errorEntryExample], _links: { self: { href: '/api/v1/errors', method: 'GET' } } },
  },
});
