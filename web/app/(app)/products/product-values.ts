/** What the form of a product holds, and what of it is sent. Pure. */
import * as z from 'zod';
import { createProduct } from '../../../../shared/contracts/products/create-product.ts';
import type { productSchema } from '../../../../shared/contracts/products/product.ts';
import { currencyDecimals, toMinor } from '../../../../shared/money.ts';

/** An empty field of a form is a text without characters; the API wants it left out. */
const blankAsLeftOut = (value: unknown) => (value === '' ? undefined : value);

/** The contract's body, as a form fills it in: and the price has no more decimals than its currency, which the API too refuses. */
export const newProductBody = z
  .strictObject({
    ...createProduct.body.shape,
    sku: z.preprocess(blankAsLeftOut, createProduct.body.shape.sku),
  })
  .superRefine(({ price, currency }, context) => {
    if (toMinor(price, currency) === undefined)
      context.addIssue({
        code: 'custom',
        path: ['price'],
        message: `must have at most ${currencyDecimals[currency]} decimals in ${currency}`,
      });
  });

export type ProductInput = z.input<typeof newProductBody>;
export type ProductBody = z.output<typeof newProductBody>;

export const emptyProduct: ProductInput = {
  name: '',
  description: '',
  price: '',
  currency: 'GBP',
  category: '',
  tags: [],
  sku: '',
  status: 'draft',
  inventory: { stock: 0, lowStockThreshold: 5, trackInventory: true },
};

/** A product as its form shows it. */
export function valuesOf(product: z.output<typeof productSchema>): ProductInput {
  const { name, description, price, currency, category, tags, sku, status, inventory } = product;
  const { stock, lowStockThreshold, trackInventory } = inventory;
  return {
    name,
    description,
    price,
    currency,
    category,
    tags,
    sku: sku ?? '',
    status,
    inventory: { stock, lowStockThreshold, trackInventory },
  };
}
