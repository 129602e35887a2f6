import { productArchived } from '../../events/products/product-archived.v1.ts';
import { productUpdated } from '../../events/products/product-updated.v1.ts';
import { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { notFound } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { canChange, changedProduct, isUnchanged, productView, representationVersion } from './product.ts';
import { productLinks } from './product-links.ts';
import { readProduct } from './read-product.ts';
import { productWriting, writeProduct } from './write-product.ts';

export const handler = http(updateProduct, {
  access: { table: productWriting },
  errorImpact: 'Sellers and staff cannot change products: wrong prices stay.',
  run: async (context) => {
    const { params, body, actor, scope, db, now, ifMatch } = context;
    const before = await readProduct(db, params.id, { consistent: true });
    if (!canChange(before.product, actor, scope)) throw notFound();
    ifMatch(before.product.version);
    const changed = changedProduct(before, body, { actor, now });
    const after = isUnchanged(before, changed) ? before : changed;
    const archived = after.product.status === 'archived' && before.product.status !== 'archived';
    if (after !== before) await writeProduct(db, before, after, ride(archived ? productArchived : productUpdated));
    return reply(productView(after, productLinks(after.product, context)), { version: representationVersion(after) });
  },
});
