import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { notFound } from '../../shared/errors.ts';
import { http, reply } from '../platform/http.ts';
import { canSee, productView, representationVersion } from './product.ts';
import { productLinks } from './product-links.ts';
import { productReading, readProduct } from './read-product.ts';

export const handler = http(getProduct, {
  access: { table: productReading },
  errorImpact: 'Nobody can open a product.',
  run: async (context) => {
    const found = await readProduct(context.db, context.params.id, { consistent: false });
    if (!canSee(found.product, context.actor)) throw notFound();
    return reply(productView(found, productLinks(found.product, context)), { version: representationVersion(found) });
  },
});
