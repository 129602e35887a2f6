/**
 * Brings events from the table to the bus: the only function that may. Each is sent at least once; a repeated one has the same id. Of
 * a batch that fails in the middle, everything before the first failure is done, the rest comes again in order.
 */
import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { orderEvents } from '../orders/order.events.ts';
import { eventbridge } from '../platform/aws-eventbridge.ts';
import { env } from '../platform/env.ts';
import { type Change, stream } from '../platform/stream.ts';
import { inventoryEvents, productEvents } from '../products/product.events.ts';
import { userEvents } from '../users/user.events.ts';
import { type Departure, eventsOfChange } from './events-of-change.ts';

const sources = [userEvents, productEvents, inventoryEvents, orderEvents];
/** EventBridge's limit of one request. */
const MAX_ENTRIES = 10;

/** An entry and the change that it came from. */
interface Outgoing {
  position: number;
  entry: PutEventsRequestEntry;
}

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
    const { outgoing, readable } = entriesOf(changes, (change, error) =>
      log.error('an event can not be published', { sequenceNumber: change.sequenceNumber, error: error as Error }),
    );
    for (let i = 0; i < outgoing.length; i += MAX_ENTRIES) {
      const chunk = outgoing.slice(i, i + MAX_ENTRIES);
      const failed = await put(chunk);
      metrics.addMetric('EventsPublished', 'Count', chunk.length - failed.length);
      const [first] = failed;
      if (first) {
        log.error('the bus refused events', { reasons: [...new Set(failed.map(({ reason }) => reason))] });
        return first.position;
      }
    }
    return readable;
  },
});

/** Entries of all changes up to the first that can not be read, and how many changes that are. */
function entriesOf(changes: readonly Change[], refused: (change: Change, error: unknown) => void) {
  const outgoing: Outgoing[] = [];
  for (const [position, change] of changes.entries()) {
    try {
      outgoing.push(...eventsOfChange(change, sources).map((departure) => ({ position, entry: entryOf(departure) })));
    } catch (error) {
      refused(change, error);
      return { outgoing, readable: position };
    }
  }
  return { outgoing, readable: changes.length };
}

function entryOf({ event, envelope }: Departure): PutEventsRequestEntry {
  return {
    EventBusName: env('busName'),
    Source: envelope.source,
    DetailType: event.name,
    Time: new Date(envelope.time),
    Detail: JSON.stringify(envelope),
  };
}

/** Puts up to ten events; answers those that the bus refused. A request that fails as a whole refuses all. */
async function put(chunk: readonly Outgoing[]): Promise<{ position: number; reason: string }[]> {
  try {
    const { Entries = [] } = await eventbridge().send(
      new PutEventsCommand({ Entries: chunk.map(({ entry }) => entry) }),
    );
    return chunk.flatMap(({ position }, i) => {
      const reason = Entries[i]?.ErrorCode ?? (Entries[i]?.EventId ? undefined : 'NoReply');
      return reason ? [{ position, reason }] : [];
    });
  } catch (error) {
    return chunk.map(({ position }) => ({ position, reason: String(error) }));
  }
}
