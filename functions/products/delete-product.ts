import { productArchived } from '../../events/products/product-archived.v1.ts';
import { deleteProduct } from '../../shared/contracts/products/delete-product.ts';
import { notFound } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { canChange, deletedProduct } from './product.ts';
import { readProduct } from './read-product.ts';
import { productWriting, writeProduct } from './write-product.ts';

export const handler = http(deleteProduct, {
  access: { table: productWriting },
  errorImpact: 'Sellers and staff cannot take products away.',
  run: async ({ params, actor, scope, db, now, ifMatch }) => {
    const before = await readProduct(db, params.id, { consistent: true });
    if (!canChange(before.product, actor, scope)) throw notFound();
    ifMatch(before.product.version);
    await writeProduct(db, before, deletedProduct(before, { actor, now }), ride(productArchived));
    return reply(undefined);
  },
});
