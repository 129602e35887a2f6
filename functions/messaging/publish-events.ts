/**
 * Brings events from the table to the bus: the only function that may. Each is sent at least once; a repeated one has the same id. Of
 * a batch that fails in the middle, everything before the first failure is done, the rest comes again in order.
 */
import { orderEvents } from '../orders/order.events.ts';
import { putEvents, requestsOf } from '../platform/bus.ts';
import { type Change, stream } from '../platform/stream.ts';
import { inventoryEvents, productEvents } from '../products/product.events.ts';
import { userEvents } from '../users/user.events.ts';
import { type Departure, eventsOfChange } from './events-of-change.ts';

const sources = [userEvents, productEvents, inventoryEvents, orderEvents];

export const handler = stream({
  id: 'messaging.publish-events',
  // Only a write that events ride on carries their number in its context: no other record starts this function.
  filters: [
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { cx: { M: { e: { N: [{ exists: true }] } } } } } },
  ],
  access: { publish: true },
  errorImpact:
    'Nothing that follows from a change happens: no mail, no figures, no updated lists, until it works again.',
  async runBatch({ changes, log, metrics }) {
    const { departures, readable } = departuresOf(changes, (change, error) =>
      log.error('an event can not be published', { sequenceNumber: change.sequenceNumber, error: error as Error }),
    );
    for (const request of requestsOf(departures)) {
      const refused = await putEvents(request);
      metrics.addMetric('EventsPublished', 'Count', request.length - refused.length);
      const first = refused[0] && request[refused[0].position];
      if (first) {
        log.error('the bus refused events', { reasons: [...new Set(refused.map(({ reason }) => reason))] });
        return first.change;
      }
    }
    return readable;
  },
});

/** Events of all changes up to the first that can not be read, each with the position of its change, and how many changes that are. */
function departuresOf(changes: readonly Change[], refused: (change: Change, error: unknown) => void) {
  const departures: (Departure & { change: number })[] = [];
  for (const [position, change] of changes.entries()) {
    try {
      departures.push(...eventsOfChange(change, sources).map((departure) => ({ ...departure, change: position })));
    } catch (error) {
      refused(change, error);
      return { departures, readable: position };
    }
  }
  return { departures, readable: changes.length };
}
