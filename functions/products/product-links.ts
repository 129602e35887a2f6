/** What may be done with a product next. */
import { deleteProduct } from '../../shared/contracts/products/delete-product.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { scopeOf } from '../../shared/permissions.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import type { Product } from './product.table.ts';
import { canChange } from './product.ts';

export function productLinks(
  product: Pick<Product, 'id' | 'seller' | 'deletedAt'>,
  context: { actor: Actor; face: 'browser' | 'partner' },
) {
  const params = { id: product.id };
  const changeable = canChange(product, context.actor, scopeOf(context.actor.role, 'products:write'));
  return links(context, {
    self: [getProduct, params],
    update: changeable && [updateProduct, params],
    delete: changeable && [deleteProduct, params],
  });
}
