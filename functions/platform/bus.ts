/** The bus. Only publish-events may put on it. */
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Envelope } from '../../events/event.ts';
import { eventbridge } from './aws-eventbridge.ts';
import { env } from './env.ts';

/** EventBridge's limits of one request; bytes with room for what stands beside the details. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 240_000;

interface BusEvent {
  readonly name: string;
  readonly envelope: Envelope;
}

/** Cuts events, in their order, into what one request may carry. One that is too large by itself stands alone, and is refused alone. */
export function requestsOf<E extends BusEvent>(events: readonly E[]): E[][] {
  const requests: E[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event.envelope));
    const last = requests.at(-1);
    if (last && last.length < MAX_ENTRIES && bytes + size <= MAX_BYTES) {
      last.push(event);
      bytes += size;
    } else {
      requests.push([event]);
      bytes = size;
    }
  }
  return requests;
}

/**
 * Puts the events of one request (see `requestsOf`) on the bus. Answers the positions of those that it refused, with why; a request that fails as a whole refuses all
 * of them.
 */
export async function putEvents(events: readonly BusEvent[]): Promise<{ position: number; reason: string }[]> {
  const busName = env('busName');
  const command = new PutEventsCommand({
    Entries: events.map(({ name, envelope }) => ({
      EventBusName: busName,
      Source: envelope.source,
      DetailType: name,
      Time: new Date(envelope.time),
      Detail: JSON.stringify(envelope),
    })),
  });
  try {
    const { Entries = [] } = await eventbridge().send(command);
    return events.flatMap((_, position) => {
      const reason = Entries[position]?.ErrorCode ?? (Entries[position]?.EventId ? undefined : 'NoReply');
      return reason ? [{ position, reason }] : [];
    });
  } catch (error) {
    return events.map((_, position) => ({ position, reason: String(error) }));
  }
}
