import * as z from 'zod';
import { contract } from '../contract.ts';
import { listQuery } from '../list.ts';
import { productCategory, productStatus, productSummaryExample, productSummarySchema } from './product.ts';

const sorts = ['createdAt', 'name', 'price', 'stock'] as const;
const amountFilter = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,3})?$/, 'must be a decimal amount such as "12.50"')
  .meta({ example: '12.50' });

export const listProducts = contract({
  id: 'products.list-products',
  method: 'GET',
  path: '/products',
  summary: 'List products',
  description:
    'Staff see all products, everybody else the published ones; with `status`, sellers see their own drafts and archived products too. `search` finds beginnings of words in name, stock code and tags. Amounts are compared as numbers, whatever the currency.',
  permission: 'products:read',
  partner: true,
  query: z
    .strictObject({
      ...listQuery(sorts),
      search: z
        .string()
        .trim()
        .min(2)
        .max(100)
        .optional()
        .meta({ description: 'Beginnings of words', example: 'heart' }),
      category: productCategory.optional(),
      tag: z.string().trim().toLowerCase().min(1).max(40).optional(),
      minPrice: amountFilter.optional(),
      maxPrice: amountFilter.optional(),
      creator: z
        .string()
        .regex(/^(house|me|usr_[0-7][0-9A-HJKMNP-TV-Z]{25})$/, 'must be a user id, house or me')
        .optional()
        .meta({ description: 'Who sells or created it: a user id, house for the company, or me', example: 'house' }),
      status: productStatus
        .optional()
        .meta({ description: 'Everybody but staff sees only their own of what is not published' }),
      inStock: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
    })
    .superRefine(({ minPrice, maxPrice }, context) => {
      if (minPrice !== undefined && maxPrice !== undefined && Number(minPrice) > Number(maxPrice))
        context.addIssue({ code: 'custom', path: ['maxPrice'], message: 'must not be below minPrice' });
    }),
  success: 200,
  list: { sorts },
  expands: ['inventory'],
  output: productSummarySchema,
  errors: [],
  example: { query: { search: 'heart', sort: 'price', order: 'asc' }, output: productSummaryExample },
});
