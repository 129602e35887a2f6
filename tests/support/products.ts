/** Products and orders for tests, made through the API. */
import type { Contract } from '../../shared/contracts/contract.ts';
import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { type Api, dataOf } from './api.ts';
import { eventually } from './observe.ts';

/** A published product with this many in stock, unless `changes` say otherwise; answers its id. */
export async function newProduct(api: Api, stock: number, changes: Record<string, unknown> = {}): Promise<string> {
  const body = { name: 'Tea light', price: '2.55', category: 'lighting', status: 'published', inventory: { stock } };
  return dataOf(await api.call(createProduct, { body: { ...body, ...changes } })).id;
}
export async function stockOf(api: Api, id: string): Promise<number> {
  return dataOf(await api.call(getProduct, { params: { id } })).inventory.stock;
}
/** Waits until a list shows these records to the caller: at most the newest hundred. */
export const untilListed = (api: Api, list: Contract, ids: readonly string[]) =>
  eventually(`${list.id} shows ${ids.length}`, async () => {
    const listed: { id: string }[] = dataOf(await api.call(list, { query: { limit: '100' } }));
    return ids.every((id) => listed.some((record) => record.id === id));
  });
/** Places an order of this quantity; answers its id. */
export async function newOrder(api: Api, productId: string, quantity = 1, note?: string): Promise<string> {
  return dataOf(await api.call(placeOrder, { body: { lines: [{ productId, quantity }], note } })).id;
}
