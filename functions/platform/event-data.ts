/**
 * How an area's items become the data of its events. An area exports one `eventSource` per entity from `<entity>.events.ts`;
 * publish-events uses it on the item's new image, merges what rode along (`extra`) and checks the result against the event's
 * schema.
 */
import type * as z from 'zod';
import type { EventDeclaration } from '../../events/event.ts';
import type { AnyEntity, ItemOf } from './entity.ts';

/** Data of one event, from the item as the write left it. What only the ride knows (`extra`) is left out here. */
export interface EventMapping {
  readonly event: EventDeclaration;
  // biome-ignore lint/suspicious/noExplicitAny: items of whatever entity; typed where `eventSource` is called
  data(item: any): Readonly<Record<string, unknown>>;
}
export interface EventSource {
  readonly entity: AnyEntity;
  /** The subject of its events. Sequences count per subject, so no two entities may share one. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  subject(item: any): string;
  readonly mappings: readonly EventMapping[];
}

/** Typed by the entity's item and each event's data: `on(orderPlaced, (order) => ({ orderId: order.id, … }))`. */
type On<T> = <D extends EventDeclaration>(event: D, data: (item: T) => Partial<z.input<D['data']>>) => EventMapping;

export function eventSource<E extends AnyEntity>(
  entity: E,
  subject: (item: ItemOf<E>) => string,
  mappings: (on: On<ItemOf<E>>) => readonly EventMapping[],
): EventSource {
  return { entity, subject, mappings: mappings((event, data) => ({ event, data })) };
}
