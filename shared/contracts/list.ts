/** What every list takes and answers. */
import * as z from 'zod';

const positiveInteger = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1')
    .transform(Number)
    .refine((n) => n <= max, `must be at most ${max}`);

/** Deepest item that `page` reaches; beyond it, walk by cursor. */
export const MAX_PAGE_DEPTH = 10_000;

/** Paging, field selection and sort of a list; the default sort is the first one named. */
export function listQuery<const S extends readonly [string, ...string[]]>(
  sorts: S,
  defaultOrder: 'asc' | 'desc' = 'desc',
) {
  return {
    page: positiveInteger(MAX_PAGE_DEPTH).optional().meta({ description: 'Page number, from 1', example: '1' }),
    limit: positiveInteger(100).prefault('10').meta({ description: 'Items on a page, up to 100', example: '10' }),
    cursor: z
      .string()
      .max(2_000)
      .optional()
      .meta({ description: 'nextCursor of the page before; not together with page' }),
    sort: z.enum(sorts).prefault(sorts[0]).meta({ description: 'What to sort by' }),
    order: z.enum(['asc', 'desc']).prefault(defaultOrder).meta({ description: 'Direction of the sort' }),
  };
}

export const paginationSchema = z.object({
  currentPage: z.number().int(),
  itemsPerPage: z.number().int(),
  totalItems: z.number().int().meta({ description: 'Exact up to 10,000' }),
  totalIsExact: z.boolean().meta({ description: 'False when there are more than totalItems' }),
  totalPages: z.number().int(),
  hasNextPage: z.boolean(),
  hasPrevPage: z.boolean(),
  nextCursor: z.string().optional(),
});
export type Pagination = z.infer<typeof paginationSchema>;

export const linkSchema = z.object({ href: z.string(), method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) });
export type Link = z.infer<typeof linkSchema>;
export const linksSchema = z.record(z.string(), linkSchema);

/** A moment in ISO 8601, UTC, milliseconds. */
export const moment = z.iso.datetime().meta({ example: '2026-11-21T09:30:00.000Z' });
/** A moment or a day, as filters take it. */
export const momentFilter = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).meta({ example: '2026-11-01' });
