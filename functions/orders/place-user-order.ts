import { placeUserOrder } from '../../shared/contracts/orders/place-user-order.ts';
import { AppError, notFound } from '../../shared/errors.ts';
import { http } from '../platform/http.ts';
import { accountReading } from '../users/accounts.ts';
import { orderPlacing, place } from './placing.ts';

export const handler = http(placeUserOrder, {
  access: { table: { ...orderPlacing, ...accountReading } },
  errorImpact: 'Staff cannot order for a customer on the telephone.',
  run: async (context) => {
    const { params, actor, scope, db } = context;
    if (params.id !== actor.id) {
      const buyer = scope === 'any' ? await db.users.get({ id: params.id }, { consistent: true }) : undefined;
      if (!buyer || buyer.deletedAt !== undefined) throw notFound();
      if (buyer.status !== 'active')
        throw new AppError('INVALID_STATE', {
          message: 'Only active users can be ordered for.',
          details: { state: buyer.status, allowed: [] },
        });
    }
    return place(context, params.id);
  },
});
