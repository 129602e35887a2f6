/**
 * How products are listed. Facets stand below the status, so that what is not published is in no list that everybody reads. Stock
 * changes with every order: the order by stock is a listing of its own with few facets, and cards elsewhere know only whether
 * there is any.
 */
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { listProducts } from '../../shared/contracts/products/list-products.ts';
import { type Currency, toThousandths } from '../../shared/money.ts';
import { HOUSE, isStaff, type Role } from '../../shared/permissions.ts';
import type { Conditions } from '../platform/db.ts';
import { type ListQuery, listing } from '../platform/listing.ts';
import { facetText, nameKey, numberKey, wordFacets, wordSearch, wordText } from '../platform/words.ts';
import { type ProductStatus, productStatuses, type StockState } from './product.table.ts';
import { type ProductWithStock, stockStateOf } from './product.ts';

/** Short names: every facet holds a copy. */
export interface ProductCard {
  id: string;
  /** Name. */
  n: string;
  /** Price in minor units, its currency, and both as comparable thousandths. */
  p: number;
  c: Currency;
  v: number;
  /** Category as it is written, and folded for comparison. */
  g: string;
  f: string;
  /** Tags. */
  t: string[];
  /** Stock code. */
  k?: string;
  /** Seller first; then who created it, if that is somebody else. */
  b: string[];
  s: ProductStatus;
  /** State of the stock. */
  i: StockState;
  /** When it was created and changed. */
  a: string;
  u: string;
  /** Version. */
  e: number;
  /** Words by which it is found. */
  w: string;
}

const wordsOf = ({ product: { sku = '', name, tags } }: ProductWithStock) => `${sku} ${name} ${tags.join(' ')}`;
const creatorsOf = ({ product: { seller, createdBy } }: ProductWithStock) => [...new Set([seller, createdBy])];

function cardOf(item: ProductWithStock): ProductCard {
  const { product, inventory } = item;
  return {
    id: product.id,
    n: product.name,
    p: product.price,
    c: product.currency,
    v: toThousandths(product.price, product.currency),
    g: product.category,
    f: facetText(product.category),
    t: product.tags,
    ...(product.sku !== undefined && { k: product.sku }),
    b: creatorsOf(item),
    s: product.status,
    i: stockStateOf(inventory),
    a: product.createdAt,
    u: product.updatedAt,
    e: product.version,
    w: wordText(wordsOf(item)),
  };
}

const categoryFacet = ({ product }: ProductWithStock) => `category#${facetText(product.category)}`;
const below = ({ product }: ProductWithStock, facets: readonly string[]) =>
  product.deletedAt === undefined ? facets.map((facet) => `${product.status}#${facet}`) : [];

export const productList = listing<ProductWithStock, ProductCard>({
  name: 'ProductList',
  partition: 'PRODUCTLIST',
  describes: 'Products by status and category, tag, creator, stock or word; by age, name and price',
  card: cardOf,
  facets: (item) =>
    below(item, [
      'all',
      categoryFacet(item),
      ...creatorsOf(item).map((creator) => `by#${creator}`),
      ...item.product.tags.map((tag) => `tag#${facetText(tag)}`),
      stockStateOf(item.inventory) === 'out_of_stock' ? 'stock#out' : 'stock#in',
      ...wordFacets(wordsOf(item)),
    ]),
  sorts: {
    name: { index: 'l1', key: ({ product }) => nameKey(product.name) },
    price: { index: 'l2', key: ({ product }) => numberKey(toThousandths(product.price, product.currency)) },
  },
});

export const productStockList = listing<ProductWithStock, ProductCard>({
  name: 'ProductStockList',
  partition: 'PRODUCTSTOCKLIST',
  describes: 'Products by status and category or creator; by stock',
  card: cardOf,
  // Written with every order of the product. The house needs no list of its own: nearly all of `all` is its.
  facets: (item) => below(item, ['all', categoryFacet(item), `by#${item.product.createdBy}`]),
  sorts: { stock: { index: 'l3', key: ({ inventory }) => numberKey(Math.max(0, inventory.stock)) } },
});

type Wanted = ParsedInput<typeof listProducts>['query'];
interface Who {
  id: string;
  role: Role;
}

/**
 * What to read for a request; undefined when nothing can match. The facet is the one that leaves the least over; what it does not
 * say is looked up on the cards.
 */
export function productQuery(wanted: Wanted, who: Who): { list: 'products' | 'stock'; query: ListQuery } | undefined {
  let creator = wanted.creator === 'me' ? who.id : wanted.creator;
  let statuses: readonly ProductStatus[] = wanted.status ? [wanted.status] : productStatuses;
  if (!isStaff(who.role)) {
    if (wanted.status === undefined) statuses = ['published'];
    else if (wanted.status !== 'published') {
      if (creator !== undefined && creator !== who.id) return undefined;
      creator = who.id;
    }
  }
  const { page, limit, cursor, order, sort, category, tag, minPrice, maxPrice, inStock } = wanted;
  const byStock = sort === 'stock';
  const search = wanted.search === undefined ? undefined : wordSearch(wanted.search);
  // A search without any letter or digit finds nothing.
  if (wanted.search !== undefined && !search) return undefined;

  const facets: (string | false | undefined)[] = [
    !byStock && search?.facet,
    !byStock && inStock === false && 'stock#out',
    !byStock && tag !== undefined && `tag#${facetText(tag)}`,
    category !== undefined && `category#${facetText(category)}`,
    creator !== undefined && !(byStock && creator === HOUSE) && `by#${creator}`,
    !byStock && inStock === true && 'stock#in',
  ];
  const facet = facets.find((name) => typeof name === 'string') || 'all';
  const is = (kind: string) => facet.startsWith(kind);

  const filter: Record<string, Conditions[string]> = {};
  if (search) {
    const parts = is('word#') ? search.containsAll : [` ${search.facet.slice('word#'.length)}`, ...search.containsAll];
    if (parts.length > 0) filter.w = { containsAll: parts };
  }
  if (tag !== undefined && !is('tag#')) filter.t = { contains: tag };
  if (category !== undefined && !is('category#')) filter.f = facetText(category);
  if (creator !== undefined && !is('by#')) filter.b = { contains: creator };
  if (inStock !== undefined && !is('stock#')) filter.i = inStock ? { ne: 'out_of_stock' } : { eq: 'out_of_stock' };

  const [least, most] = [minPrice, maxPrice].map((amount) =>
    amount === undefined ? undefined : toThousandths(amount),
  );
  let range: ListQuery['range'];
  if (least !== undefined || most !== undefined) {
    if (sort === 'price')
      range = {
        ...(least !== undefined && { gte: numberKey(least) }),
        ...(most !== undefined && { lte: numberKey(most) }),
      };
    else filter.v = { ...(least !== undefined && { gte: least }), ...(most !== undefined && { lte: most }) };
  }
  return {
    list: byStock ? 'stock' : 'products',
    query: {
      facet: statuses.map((status) => `${status}#${facet}`),
      sort: sort === 'createdAt' ? 'created' : sort,
      order,
      range,
      ...(Object.keys(filter).length > 0 && { filter }),
      page,
      limit,
      cursor,
    },
  };
}
