/** What the mails about an order show. Pure. */
import { type Currency, toDecimal } from '../../shared/money.ts';
import type { Order } from './order.table.ts';
import { itemCount, orderNumber } from './order.ts';

/** An amount as people in the shop's language read it: £1,234.50. Exact: the formatter is given the decimal text. */
export function readableAmount(minor: number, currency: Currency): string {
  const decimal = toDecimal(minor, currency) as `${number}`;
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(decimal);
}
/** 21 November 2026; days are UTC. */
export function readableDay(moment: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment));
}

interface Reader {
  name: string;
  /** Address of the web application. */
  url: string;
}

export function confirmationView(order: Order, { name, url }: Reader) {
  const amount = (minor: number) => readableAmount(minor, order.currency);
  const { shippingAddress: to } = order;
  const address = to && [to.name, to.line1, to.line2, `${to.postalCode} ${to.city}`, to.region, to.country];
  return {
    name,
    url,
    number: orderNumber(order.id),
    placedOn: readableDay(order.createdAt),
    itemCount: itemCount(order),
    lines: order.lines.map((line) => ({
      name: line.n,
      quantity: line.q,
      unitPrice: amount(line.u),
      total: amount(line.q * line.u),
    })),
    total: amount(order.total),
    address: address && { parts: address.filter((part) => part !== undefined) },
    note: order.note,
  };
}

export function cancellationView(order: Order, { name, url }: Reader) {
  return {
    name,
    url,
    number: orderNumber(order.id),
    placedOn: readableDay(order.createdAt),
    cancelledOn: readableDay(order.cancelledAt ?? order.createdAt),
    total: readableAmount(order.total, order.currency),
    reason: order.cancelReason,
  };
}
