/**
 * Reads `data/online-retail.csv` into products, customers and orders. Real data is dirty; each rule for it stands here with a
 * name, and every row that a rule leaves out is counted under that name: nothing is dropped in silence.
 */
import { categoryOf, tagsOf, tidyName } from './naming.ts';

/** One row as the file has it. */
interface Row {
  invoice: string;
  code: string;
  description: string;
  quantity: number;
  at: string;
  /** Minor units, GBP. */
  price: number;
  customer: string;
  country: string;
}

export interface DemoProduct {
  /** The shop's stock code, upper case: the SKU. */
  sku: string;
  name: string;
  category: string;
  tags: string[];
  /** Minor units, GBP; 0 when the file never names a price. */
  price: number;
  /** `draft` when the file never names a price: it can't be sold. */
  status: 'published' | 'draft';
  stock: number;
  lowStockThreshold: number;
}
export interface DemoOrder {
  invoice: string;
  customer: string;
  country: string;
  /** When it was placed, as the file says: local time of the shop, read as UTC. */
  at: Date;
  lines: { sku: string; quantity: number; price: number }[];
}
export interface Report {
  rows: number;
  /** Rows that became part of an order line. */
  used: number;
  /** Rows left out, by rule. */
  leftOut: Record<Rule, number>;
}
export const rules = {
  unreadable: 'a quantity, price or date that is no number or date',
  fee: 'postage, manual entries, discounts and charges that stand among the products (POST, M, D, …)',
  return: 'invoice number C… or a negative quantity: goods that came back, without a link to their order',
  unpriced: 'price zero: gifts, samples and stock corrections',
} as const;
export type Rule = keyof typeof rules;

/** A stock code of goods: five digits with up to two letters, or the gift cards and sets DCGS…. */
const GOODS = /^(\d{5}[A-Z]{0,2}|DCGS\w+)$/;

/** Splits one CSV line (RFC 4180: quoted fields, doubled quotes). */
export function splitCsvLine(line: string): string[] {
  const fields: string[] = [];
  const field = /("(?:[^"]|"")*"|[^,]*)(,|$)/g;
  for (;;) {
    const match = field.exec(line);
    if (!match) return fields;
    const text = match[1] ?? '';
    fields.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (match[2] === '') return fields;
  }
}

/** Price text of the file (up to three decimals occur) → pence, half up; undefined when it is no amount. */
export function toPence(text: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const digits = (match[2] ?? '').padEnd(3, '0');
  return Number(match[1]) * 100 + Number(digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0);
}

function readRow(line: string): Row | undefined {
  const [invoice = '', code = '', description = '', quantity = '', at = '', price = '', customer = '', country = ''] =
    splitCsvLine(line);
  const pence = toPence(price);
  const moment = `${at.trim().replace(' ', 'T')}Z`;
  if (!/^-?\d+$/.test(quantity.trim()) || pence === undefined || Number.isNaN(Date.parse(moment))) return undefined;
  return {
    invoice: invoice.trim(),
    code: code.trim().toUpperCase(),
    description: description.trim().replace(/\s+/g, ' '),
    quantity: Number(quantity),
    at: moment,
    price: pence,
    customer: customer.trim().replace(/\.0$/, ''),
    country: country.trim(),
  };
}

/** The value that occurs most often; of equals the one seen last. */
function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  let best: T | undefined;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (best === undefined || count >= (counts.get(best) ?? 0)) best = value;
  }
  return best;
}

/** The file knows no stock: it is made up so that every order of the file can be placed, while a few other products are low or out. */
const STOCK_FLOOR = 60;
const LOW_STOCK_EVERY = 25;
/** Invoices at the end of the file whose products never run low, so that the demo can place them. */
const NEWEST_INVOICES = 400;

export function readDataset(csv: string): { products: DemoProduct[]; orders: DemoOrder[]; report: Report } {
  const report: Report = { rows: 0, used: 0, leftOut: { unreadable: 0, fee: 0, return: 0, unpriced: 0 } };
  const goods = new Map<string, { names: string[]; prices: { at: string; price: number }[]; sold: number }>();
  const orders = new Map<string, DemoOrder>();

  for (const line of csv.split(/\r?\n/).slice(1)) {
    if (line === '') continue;
    report.rows++;
    const row = readRow(line);
    if (!row) {
      report.leftOut.unreadable++;
      continue;
    }
    if (!GOODS.test(row.code)) {
      report.leftOut.fee++;
      continue;
    }
    const product = goods.get(row.code) ?? { names: [], prices: [], sold: 0 };
    goods.set(row.code, product);
    const returned = row.invoice.startsWith('C') || row.quantity < 0;
    // Corrections write remarks such as "damages" where the name should be.
    if (row.description !== '' && row.price > 0) product.names.push(row.description);
    if (row.price > 0) product.prices.push({ at: row.at, price: row.price });
    if (returned) {
      report.leftOut.return++;
      continue;
    }
    if (row.price === 0) {
      report.leftOut.unpriced++;
      continue;
    }
    product.sold += row.quantity;
    const order = orders.get(row.invoice) ?? {
      invoice: row.invoice,
      // An invoice without a customer is a customer of its own: nothing says that two of them are the same person.
      customer: row.customer || `walk-in-${row.invoice}`,
      country: row.country,
      at: new Date(row.at),
      lines: [],
    };
    orders.set(row.invoice, order);
    // The same product twice on an invoice is one line of an order; the file's last price counts.
    const line_ = order.lines.find((l) => l.sku === row.code);
    if (line_) {
      line_.quantity += row.quantity;
      line_.price = row.price;
    } else order.lines.push({ sku: row.code, quantity: row.quantity, price: row.price });
    report.used++;
  }

  const inOrder = [...orders.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
  const current = new Set(inOrder.slice(-NEWEST_INVOICES).flatMap(({ lines }) => lines.map(({ sku }) => sku)));

  const products = [...goods].sort().map(([sku, facts], index): DemoProduct => {
    const name = tidyName(mostFrequent(facts.names) ?? `Item ${sku}`);
    const price = mostFrequent(facts.prices.sort((a, b) => a.at.localeCompare(b.at)).map((p) => p.price)) ?? 0;
    const low = index % LOW_STOCK_EVERY === 7 && !current.has(sku);
    return {
      sku,
      name,
      category: categoryOf(name),
      tags: tagsOf(name),
      price,
      status: price > 0 ? 'published' : 'draft',
      stock: low ? index % 9 : STOCK_FLOOR + facts.sold,
      lowStockThreshold: 10,
    };
  });
  return { products, orders: inOrder, report };
}
