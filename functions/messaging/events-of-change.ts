/** From a change of an item to the events that rode on it. Pure. */
import { dataschemaOf, type Envelope, envelopeSchema, sourceOf, typeOf } from '../../events/event.ts';
import { attributes } from '../platform/db.ts';
import type { EventSource } from '../platform/event-data.ts';
import type { Change } from '../platform/stream.ts';

/** An event with its name, ready for the bus. */
export interface Departure {
  readonly name: string;
  readonly envelope: Envelope;
}

interface Rider {
  i: string;
  n: string;
  v: number;
  x?: Record<string, unknown>;
}
interface WrittenBy {
  a: string;
  y: Envelope['actor']['type'];
  c: string;
  b?: string;
  t: string;
}

/**
 * The events that this change added, in their order. The same change always gives the same events with the same ids, so that
 * publishing it again repeats and never invents. Throws when an entity or event is not declared, or data does not fit its schema:
 * nothing wrong goes out.
 */
export function eventsOfChange(
  { before, after }: Pick<Change, 'before' | 'after'>,
  sources: readonly EventSource[],
): Departure[] {
  if (!after) return [];
  const known = new Set(ridersOf(before).map(({ i }) => i));
  const riders = ridersOf(after);
  const context = after[attributes.context] as WrittenBy;
  const sequence = Number(after[attributes.sequence]);
  const source = sources.find(({ entity }) => entity.name === after[attributes.entity]);
  return riders.flatMap((rider, position) => {
    if (known.has(rider.i)) return [];
    const mapping = source?.mappings.find(({ event }) => event.name === rider.n && event.version === rider.v);
    if (!source || !mapping)
      throw new Error(`no mapping for ${rider.n}.v${rider.v} of ${String(after[attributes.entity])}`);
    const { event } = mapping;
    const envelope = envelopeSchema(event.data).parse({
      specversion: '1.0',
      id: rider.i,
      source: sourceOf(event),
      type: typeOf(event),
      subject: source.subject(after),
      time: context.t,
      dataschema: dataschemaOf(event),
      datacontenttype: 'application/json',
      correlationid: context.c,
      ...(context.b && { causationid: context.b }),
      actor: { id: context.a, type: context.y },
      sequence: sequence - riders.length + 1 + position,
      data: { ...mapping.data(after), ...rider.x },
    });
    return [{ name: event.name, envelope }];
  });
}

function ridersOf(image: Change['after']): Rider[] {
  return (image?.[attributes.events] as Rider[] | undefined) ?? [];
}
