import { productCreated } from '../../events/products/product-created.v1.ts';
import { pathOf } from '../../shared/contracts/contract.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { AppError } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { inventories, productSkus, products } from './product.table.ts';
import { newProduct, productView, representationVersion } from './product.ts';
import { productLinks } from './product-links.ts';

export const handler = http(createProduct, {
  access: {
    table: {
      products: grant(products, 'put'),
      inventories: grant(inventories, 'put'),
      skus: grant(productSkus, 'put'),
    },
  },
  errorImpact: 'Sellers and staff cannot create products.',
  run: async (context) => {
    const { body, actor, db } = context;
    const { now, newId } = context.firstAttempt;
    const made = newProduct(body, { id: newId('product'), actor, now });
    const { product, inventory } = made;
    const guard = product.sku && { seller: product.seller, sku: product.sku, productId: product.id };
    const failures = await db.tryWrite(
      db.products.put(product, { events: [ride(productCreated)] }),
      db.inventories.put(inventory),
      ...(guard ? [db.skus.put(guard)] : []),
    );
    // With this very id it is there when an attempt of this request made it and was lost.
    const isMade = failures.some(({ current }) => current?.id === product.id || current?.productId === product.id);
    if (failures.length > 0 && !isMade) throw new AppError('DUPLICATE_ENTITY', { details: { field: 'body.sku' } });
    return reply(productView(made, productLinks(product, context)), {
      version: representationVersion(made),
      location: pathOf(getProduct, { id: product.id }),
    });
  },
});
