import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { productExample, productSchema } from './product.ts';

export const getProduct = contract({
  id: 'products.get-product',
  method: 'GET',
  path: '/products/{id}',
  summary: 'Read a product',
  description: 'What is not published is seen by its seller and by staff only.',
  permission: 'products:read',
  partner: true,
  params: z.strictObject({ id: idSchema('product') }),
  success: 200,
  output: productSchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: productExample.id }, output: productExample },
});
