import * as z from 'zod';
import { type ErrorCode, errorTable } from '../../errors.ts';
import { linksSchema } from '../list.ts';

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

export const errorEntrySchema = z.object({
  code: z.enum(errorCodes),
  status: z.number().int(),
  title: z.string(),
  message: z.string(),
  help: z.string(),
  _links: linksSchema,
});

export const errorEntryExample = {
  code: 'OUT_OF_STOCK',
  ...errorTable.OUT_OF_STOCK,
  _links: { self: { href: '/api/v1/errors/OUT_OF_STOCK', method: 'GET' } },
} satisfies z.input<typeof errorEntrySchema>;
