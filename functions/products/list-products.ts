import type * as z from 'zod';
import { listProducts } from '../../shared/contracts/products/list-products.ts';
import type { productSummarySchema } from '../../shared/contracts/products/product.ts';
import { toDecimal } from '../../shared/money.ts';
import { emptyPage } from '../platform/empty-page.ts';
import { grant } from '../platform/entity.ts';
import { http, page } from '../platform/http.ts';
import { type ProductCard, productList, productQuery, productStockList } from './product.list.ts';
import { type Inventory, inventories } from './product.table.ts';
import { productLinks } from './product-links.ts';

type Summary = Omit<z.input<typeof productSummarySchema>, '_links'>;

function summaryOf(card: ProductCard, exact: Inventory | undefined): Summary {
  return {
    id: card.id,
    name: card.n,
    price: toDecimal(card.p, card.c),
    currency: card.c,
    category: card.g,
    tags: card.t,
    sku: card.k,
    seller: card.b[0] ?? '',
    status: card.s,
    stockState: card.i,
    inventory: exact && {
      stock: exact.stock,
      lowStockThreshold: exact.lowStockThreshold,
      trackInventory: exact.trackInventory,
    },
    createdAt: card.a,
    updatedAt: card.u,
    version: card.e,
  };
}

export const handler = http(listProducts, {
  access: {
    table: {
      list: productList.reading,
      stockList: productStockList.reading,
      inventories: grant(inventories, 'batchGet'),
    },
  },
  errorImpact: 'Nobody can browse or search the products.',
  run: async (context) => {
    const { query, actor, db, expand } = context;
    const wanted = productQuery(query, actor);
    const found = !wanted
      ? emptyPage<ProductCard>(query)
      : wanted.list === 'stock'
        ? await productStockList.list(db.stockList, wanted.query)
        : await productList.list(db.list, wanted.query);
    const exact = expand.has('inventory')
      ? await db.inventories.batchGet(found.cards.map(({ id }) => ({ productId: id })))
      : [];
    const items = found.cards.map((card, index) => {
      const summary = summaryOf(card, exact[index]);
      return { ...summary, _links: productLinks(summary, context) };
    });
    return page(items, found.pagination);
  },
});
