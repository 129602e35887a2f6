import type { Actor } from '../platform/http/context.ts';
import { reply } from '../platform/http.ts';
import type { Order } from './order.table.ts';
import { orderView } from './order.ts';
import { orderLinks } from './order-links.ts';

/** Answers an order as just read or written, with what the caller may do with it next. */
export function orderReply(
  order: Order,
  context: { actor: Actor; face: 'browser' | 'partner' },
  options: { location?: string; headers?: Record<string, string> } = {},
) {
  return reply(orderView(order, orderLinks(order, context)), { version: order.version, ...options });
}
