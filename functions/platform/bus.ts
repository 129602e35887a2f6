/** The bus. Only publish-events may put on it. */
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Envelope } from '../../events/event.ts';
import { eventbridge } from './aws-eventbridge.ts';
import { env } from './env.ts';

/** EventBridge's limit of one request. */
export const MAX_EVENTS_AT_ONCE = 10;

/**
 * Puts up to ten events on the bus. Answers the positions of those that it refused, with why; a request that fails as a whole refuses all
 * of them.
 */
export async function putEvents(
  events: readonly { name: string; envelope: Envelope }[],
): Promise<{ position: number; reason: string }[]> {
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
