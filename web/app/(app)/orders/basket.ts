/** What somebody is about to order: lines, their sum, and what the API says against single lines. Pure. */
import { ApiProblem } from '../../../../shared/client.ts';
import { MAX_LINES, MAX_QUANTITY } from '../../../../shared/contracts/orders/place-order.ts';
import { type Currency, toDecimal, toMinor } from '../../../../shared/money.ts';

export interface BasketProduct {
  id: string;
  name: string;
  price: string;
  currency: Currency;
  seller: string;
  sku?: string;
  /** Units in stock as last seen; undefined when it is not tracked or not known. */
  stock?: number;
}
export interface BasketLine {
  product: BasketProduct;
  /** As typed: empty while somebody is writing. */
  quantity: number | undefined;
}

export { MAX_LINES, MAX_QUANTITY };

/** The basket with one more of a product: a product has one line. */
export function added(lines: readonly BasketLine[], product: BasketProduct): BasketLine[] {
  const isThere = lines.some((line) => line.product.id === product.id);
  if (!isThere) return [...lines, { product, quantity: 1 }];
  return lines.map((line) =>
    line.product.id === product.id ? { product, quantity: Math.min(MAX_QUANTITY, (line.quantity ?? 0) + 1) } : line,
  );
}

export function withQuantity(
  lines: readonly BasketLine[],
  productId: string,
  quantity: number | undefined,
): BasketLine[] {
  return lines.map((line) => (line.product.id === productId ? { ...line, quantity } : line));
}

export function withoutLine(lines: readonly BasketLine[], productId: string): BasketLine[] {
  return lines.filter((line) => line.product.id !== productId);
}

/** Decimal amount of a line; undefined while its quantity is not known. */
export function lineTotal({ product, quantity }: BasketLine): string | undefined {
  const price = toMinor(product.price, product.currency);
  return price === undefined || !quantity ? undefined : toDecimal(price * quantity, product.currency);
}

/** Sum of each currency, in the order in which they first appear. */
export function totals(lines: readonly BasketLine[]): { currency: Currency; total: string }[] {
  const sums = new Map<Currency, number>();
  for (const line of lines) {
    const { currency, price } = line.product;
    const minor = toMinor(price, currency) ?? 0;
    sums.set(currency, (sums.get(currency) ?? 0) + minor * (line.quantity ?? 0));
  }
  return [...sums].map(([currency, sum]) => ({ currency, total: toDecimal(sum, currency) }));
}

/** Product id → what is wrong with its line before anything is sent. */
export function findProblems(lines: readonly BasketLine[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { product, quantity } of lines) {
    if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1)
      problems[product.id] = 'Give a whole number from 1.';
    else if (quantity > MAX_QUANTITY) problems[product.id] = `At most ${MAX_QUANTITY.toLocaleString('en-GB')}.`;
  }
  return problems;
}

export interface Refusal {
  /** Product id → what is wrong with its line. */
  lines: Record<string, string>;
  /** Product id → how many there are, for lines that ask for more. */
  available: Record<string, number>;
  /** Product ids of each order that would work, when they can not be one. */
  split: string[][];
  /** What is no line's: shown above the lines. */
  form: string | undefined;
}

/** What a refusal of the API means for each line; undefined when it is none of these. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const details = error.details as {
    lines?: { productId: string; requested?: number; available?: number }[];
    split?: { seller: string; currency: string; lines: { productId: string }[] }[];
  };
  const empty: Refusal = { lines: {}, available: {}, split: [], form: undefined };
  switch (error.code) {
    case 'OUT_OF_STOCK': {
      const refusal: Refusal = { ...empty, form: 'There is not enough in stock for every line.' };
      for (const { productId, available = 0 } of details.lines ?? []) {
        refusal.available[productId] = available;
        refusal.lines[productId] =
          available === 0 ? 'Sold out.' : `Only ${available.toLocaleString('en-GB')} left in stock.`;
      }
      return refusal;
    }
    case 'PRODUCT_UNAVAILABLE': {
      const lines = (details.lines ?? []).map(({ productId }) => [productId, 'No longer for sale.'] as const);
      return { ...empty, lines: Object.fromEntries(lines), form: 'Take out what is not for sale and order again.' };
    }
    case 'MIXED_SELLERS': {
      const split = (details.split ?? []).map((part) => part.lines.map(({ productId }) => productId));
      const words = split.flatMap((part, index) => part.map((id) => [id, `Goes into order ${index + 1}.`] as const));
      return {
        ...empty,
        split,
        lines: Object.fromEntries(words),
        form: `${error.message} These lines make ${split.length} orders.`,
      };
    }
    default:
      return undefined;
  }
}
