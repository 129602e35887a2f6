/** The rules of products. Pure: time, ids and actor are arguments. */
import type * as z from 'zod';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { Link } from '../../shared/contracts/list.ts';
import type { createProduct } from '../../shared/contracts/products/create-product.ts';
import type { productSchema } from '../../shared/contracts/products/product.ts';
import type { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { invalid } from '../../shared/errors.ts';
import { type Currency, currencyDecimals, toDecimal, toMinor } from '../../shared/money.ts';
import { isStaff, type Role, type Scope, sellerOf } from '../../shared/permissions.ts';
import type { Inventory, Product, StockState } from './product.table.ts';

interface Who {
  id: string;
  role: Role;
}
export interface ProductWithStock {
  product: Product;
  inventory: Inventory;
}

/** Published products are there for everybody, the others for their seller and for staff. Deleted ones for nobody. */
export function canSee(product: Product, who: Who): boolean {
  if (product.deletedAt !== undefined) return false;
  return product.status === 'published' || isStaff(who.role) || product.seller === sellerOf(who);
}

/** Whether somebody who holds `products:write` in a scope may change the product. */
export function canChange(product: Pick<Product, 'seller' | 'deletedAt'>, who: Who, scope: Scope | undefined): boolean {
  if (product.deletedAt !== undefined || scope === undefined) return false;
  return scope === 'any' || product.seller === sellerOf(who);
}

/** What the stock amounts to. */
export function stockStateOf(inventory: Pick<Inventory, 'trackInventory' | 'stock' | 'lowStockThreshold'>): StockState {
  if (!inventory.trackInventory) return 'in_stock';
  if (inventory.stock <= 0) return 'out_of_stock';
  return inventory.stock <= inventory.lowStockThreshold ? 'low_stock' : 'in_stock';
}

/** Minor units of a price as a client wrote it. Errors: VALIDATION_ERROR at body.price. */
function priceOf(price: string | number, currency: Currency): number {
  const minor = toMinor(price, currency);
  if (minor !== undefined) return minor;
  const decimals = currencyDecimals[currency];
  throw invalid({
    path: 'body.price',
    message: `must be an amount in ${currency} with at most ${decimals} decimals, up to 90 million`,
  });
}

/** A new product with its stock. Errors: VALIDATION_ERROR when the price does not fit the currency. */
export function newProduct(
  input: ParsedInput<typeof createProduct>['body'],
  { id, actor, now }: { id: string; actor: Who; now: Date },
): ProductWithStock {
  const { inventory, price, sku, ...words } = input;
  const at = now.toISOString();
  const product: Product = {
    id,
    seller: sellerOf(actor),
    ...words,
    price: priceOf(price, input.currency),
    ...(sku !== undefined && { sku }),
    createdAt: at,
    createdBy: actor.id,
    updatedAt: at,
    updatedBy: actor.id,
    version: 1,
  };
  return { product, inventory: inventoryOf(product, { ...inventory, stockState: stockStateOf(inventory) }) };
}

type StockFacts = Pick<Inventory, 'stock' | 'lowStockThreshold' | 'trackInventory' | 'stockState'>;
/** The inventory item: a product's stock with the facts that orders need. */
function inventoryOf(product: Product, facts: StockFacts): Inventory {
  return {
    productId: product.id,
    seller: product.seller,
    name: product.name,
    unitPrice: product.price,
    currency: product.currency,
    sellable: product.status === 'published' && product.deletedAt === undefined,
    stock: facts.stock,
    lowStockThreshold: facts.lowStockThreshold,
    trackInventory: facts.trackInventory,
    stockState: facts.stockState,
  };
}

/** The product after a change. Errors: VALIDATION_ERROR when the price does not fit the currency. */
export function changedProduct(
  before: ProductWithStock,
  change: ParsedInput<typeof updateProduct>['body'],
  { actor, now }: { actor: Who; now: Date },
): ProductWithStock {
  const { inventory: stock, price, sku, ...words } = change;
  const product: Product = {
    ...before.product,
    ...defined(words),
    updatedAt: now.toISOString(),
    updatedBy: actor.id,
    version: before.product.version + 1,
  };
  if (price !== undefined) product.price = priceOf(price, product.currency);
  if (sku === null) delete product.sku;
  else if (sku !== undefined) product.sku = sku;
  const facts = { ...before.inventory, ...defined(stock ?? {}) };
  // What orders did to the stock is for the reaction to tell; only what this change does to it shows here.
  const stockChanged = Object.keys(differences(before.inventory, facts)).length > 0;
  const stockState = stockChanged ? stockStateOf(facts) : before.inventory.stockState;
  return { product, inventory: inventoryOf(product, { ...facts, stockState }) };
}

/** Whether a change leaves everything as it was: then there is nothing to write and nothing to tell. */
export function isUnchanged(before: ProductWithStock, after: ProductWithStock): boolean {
  const { updatedAt: _, updatedBy: __, version: ___, ...words } = differences(before.product, after.product);
  const skuGone = before.product.sku !== undefined && after.product.sku === undefined;
  return !skuGone && Object.keys({ ...words, ...differences(before.inventory, after.inventory) }).length === 0;
}

/** The product after its deletion: archived for good, restorable. */
export function deletedProduct(before: ProductWithStock, { actor, now }: { actor: Who; now: Date }): ProductWithStock {
  const at = now.toISOString();
  const product: Product = {
    ...before.product,
    status: 'archived',
    deletedAt: at,
    updatedAt: at,
    updatedBy: actor.id,
    version: before.product.version + 1,
  };
  return { product, inventory: inventoryOf(product, before.inventory) };
}

/** The attributes of `after` that differ from `before`. */
export function differences<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const name of Object.keys(after) as (keyof T)[])
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) changed[name] = after[name];
  return changed;
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** Version of the representation: the product's, and the stock that stands in it. */
export function representationVersion({ product, inventory }: ProductWithStock): string {
  return `${product.version}-${inventory.stock}${inventory.stockState.charAt(0)}`;
}

/** The product as the API shows it. */
export function productView(
  { product, inventory }: ProductWithStock,
  _links: Record<string, Link>,
): z.input<typeof productSchema> {
  return {
    ...product,
    price: toDecimal(product.price, product.currency),
    inventory: {
      stock: inventory.stock,
      lowStockThreshold: inventory.lowStockThreshold,
      trackInventory: inventory.trackInventory,
      state: stockStateOf(inventory),
    },
    _links,
  };
}
