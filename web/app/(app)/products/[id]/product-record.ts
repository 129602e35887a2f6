/** A record as the API shows it. */
import type * as z from 'zod';
import type { getProduct } from '../../../../../shared/contracts/products/get-product.ts';

export type Product = z.output<typeof getProduct.output>;
