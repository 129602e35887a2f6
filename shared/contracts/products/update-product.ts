import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { amountInput, currencySchema } from '../../money.ts';
import { contract } from '../contract.ts';
import {
  productCategory,
  productDescription,
  productExample,
  productName,
  productSchema,
  productSku,
  productStatus,
  productTags,
  stockCount,
} from './product.ts';

export const updateProduct = contract({
  id: 'products.update-product',
  method: 'PATCH',
  path: '/products/{id}',
  summary: 'Change a product',
  description:
    'Fields that are left out stay as they are; `sku: null` takes the stock code away. A new currency needs a price. Send the ETag in If-Match so as not to overwrite what somebody else changed.',
  permission: 'products:write',
  partner: true,
  params: z.strictObject({ id: idSchema('product') }),
  body: z
    .strictObject({
      name: productName.optional(),
      description: productDescription.optional(),
      price: amountInput.optional(),
      currency: currencySchema.optional(),
      category: productCategory.optional(),
      tags: productTags.optional(),
      sku: productSku.nullable().optional(),
      status: productStatus.optional(),
      inventory: z
        .strictObject({
          stock: stockCount.optional(),
          lowStockThreshold: stockCount.optional(),
          trackInventory: z.boolean().optional(),
        })
        .optional(),
    })
    .superRefine((body, context) => {
      if (body.currency !== undefined && body.price === undefined)
        context.addIssue({ code: 'custom', path: ['price'], message: 'is needed with a currency' });
    }),
  success: 200,
  output: productSchema,
  errors: ['ENTITY_NOT_FOUND', 'DUPLICATE_ENTITY', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: productExample.id },
    body: { price: '2.95' },
    output: { ...productExample, price: '2.95', version: 2 },
  },
});
