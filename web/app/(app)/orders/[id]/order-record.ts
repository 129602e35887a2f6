/** A record as the API shows it. */
import type * as z from 'zod';
import type { getOrder } from '../../../../../shared/contracts/orders/get-order.ts';

export type Order = z.output<typeof getOrder.output>;
