/** How orders are kept. An order of three lines fits into 1 kB, so that placing it costs one write unit of its own. */
import type { OrderStatus } from '../../shared/contracts/orders/states.ts';
import type { Currency } from '../../shared/money.ts';
import { entity } from '../platform/entity.ts';

/** One line, with short names: they are stored with every line of every order. */
export interface OrderLine {
  /** Product id. */
  p: string;
  /** Name at the time of the order. */
  n: string;
  /** Quantity. */
  q: number;
  /** Price of one, in minor units, fixed when the order was placed. */
  u: number;
  /** Took nothing from the stock, because the product's stock is not counted. */
  f?: true;
}
export interface ShippingAddress {
  name: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}
export interface Order {
  id: string;
  /** Id of the user who sells, or `house`. */
  seller: string;
  /** Id of the user whose order it is. */
  buyer: string;
  /** Who placed it, when that was not the buyer. */
  placedBy?: string;
  currency: Currency;
  /** Minor units. */
  total: number;
  lines: OrderLine[];
  status: OrderStatus;
  note?: string;
  shippingAddress?: ShippingAddress;
  cancelledAt?: string;
  cancelledBy?: string;
  cancelReason?: string;
  /** The state before the present one. */
  fromStatus?: OrderStatus;
  /** Hash of the request that placed it, when it came with an Idempotency-Key. */
  hash?: string;
  /** When it was placed. */
  createdAt: string;
  /** Left out until the first change: then `createdAt` and who placed it stand for them. */
  updatedAt?: string;
  updatedBy?: string;
  version: number;
}

export const orders = entity<Order>()({
  name: 'Order',
  partition: 'ORDER',
  describes: 'What somebody bought from one seller',
  keyShape: 'ORDER#<id> / ORDER',
  key: (k: { id: string }) => ({ pk: `ORDER#${k.id}`, sk: 'ORDER' }),
  keyOf: (order) => ({ id: order.id }),
  patterns: {},
});
