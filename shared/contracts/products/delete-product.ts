import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { productExample } from './product.ts';

export const deleteProduct = contract({
  id: 'products.delete-product',
  method: 'DELETE',
  path: '/products/{id}',
  summary: 'Delete a product',
  description: 'The product is archived and marked as deleted; orders that name it keep what they say.',
  permission: 'products:write',
  partner: true,
  params: z.strictObject({ id: idSchema('product') }),
  success: 204,
  errors: ['ENTITY_NOT_FOUND', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: { params: { id: productExample.id } },
});
