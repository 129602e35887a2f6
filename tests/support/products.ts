/** Products and orders for tests, made through the API. */
import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { type Api, dataOf } from './api.ts';

/** A published product with this many in stock, unless `changes` say otherwise; answers its id. */
export async function newProduct(api: Api, stock: number, changes: Record<string, unknown> = {}): Promise<string> {
  const body = { name: 'Tea light', price: '2.55', category: 'lighting', status: 'published', inventory: { stock } };
  return dataOf(await api.call(createProduct, { body: { ...body, ...changes } })).id;
}
export async function stockOf(api: Api, id: string): Promise<number> {
  return dataOf(await api.call(getProduct, { params: { id } })).inventory.stock;
}
/** Places an order of this quantity; answers its id. */
export async function newOrder(api: Api, productId: string, quantity = 1): Promise<string> {
  return dataOf(await api.call(placeOrder, { body: { lines: [{ productId, quantity }] } })).id;
}
