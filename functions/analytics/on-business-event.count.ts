/**
 * Counts what happens in the business. Markers of the events and all additions are one transaction: an event that comes twice, late or
 * from a replay of the archive changes nothing, and a batch that fails in the middle has counted nothing.
 */
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { AppError } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { queue, type Received } from '../platform/queue.ts';
import { countedEvents, figures } from './figures.table.ts';
import { additionsOf, type Counted, gather } from './figures.ts';

type BusinessEvent = Received<typeof orderPlaced | typeof orderCancelled | typeof userRegistered>;

function countedOf(event: BusinessEvent): Counted {
  if (event.name === 'UserRegistered') return { kind: 'registered', at: event.time };
  const { seller, currency, total, placedAt } = event.data;
  return { kind: event.name === 'OrderPlaced' ? 'placed' : 'cancelled', seller, currency, total, placedAt };
}

export const handler = queue({
  id: 'analytics.on-business-event.count',
  on: [orderPlaced, orderCancelled, userRegistered],
  access: { table: { counted: grant(countedEvents, 'put'), figures: grant(figures, 'update') } },
  errorImpact: 'Dashboards and analytics stand still; they catch up when the messages are redriven.',
  // A batch of ten is at most 10 markers and 40 steps: half of what a transaction may hold.
  batchSize: 10,
  // Those of one moment mostly add to the same steps, which are then written once.
  gatherSeconds: 1,
  // All batches add to the same steps of today; more of them at once would only collide.
  maxConcurrency: 2,
  runBatch: async ({ events, db }) => {
    let fresh = [...new Map(events.map((event) => [event.id, event])).values()];
    while (fresh.length > 0) {
      const additions = gather(fresh.flatMap((event) => additionsOf(countedOf(event))));
      const failures = await db.tryWrite(
        ...fresh.map((event) => db.counted.put({ eventId: event.id })),
        ...additions.map(({ scope, step, at, add }) => db.figures.update({ scope, step, at }, { add, upsert: true })),
      );
      if (failures.length === 0) return;
      const seen = new Set(failures.map(({ index }) => index));
      const left = fresh.filter((_, index) => !seen.has(index));
      if (left.length === fresh.length) throw new AppError('CONFLICT');
      fresh = left;
    }
  },
});
