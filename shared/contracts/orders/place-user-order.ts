import { contract } from '../contract.ts';
import { userParams } from '../users/fields.ts';
import { orderExample } from './order.ts';
import { placedOrder, placeOrder } from './place-order.ts';

export const placeUserOrder = contract({
  id: 'orders.place-user-order',
  method: 'POST',
  path: '/users/{id}/orders',
  summary: 'Place an order for a user',
  description:
    'As placing an order, which becomes the order of this user. For somebody else only with the right to place anybody’s orders; `createdBy` then says who did.',
  permission: 'orders:place',
  partner: true,
  params: userParams,
  body: placedOrder,
  success: 201,
  output: placeOrder.output,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', ...placeOrder.errors],
  idempotency: 'natural',
  example: { params: { id: orderExample.buyer }, body: placeOrder.example.body, output: orderExample },
});
