/** JSON Schema of events, as the registry on the bus, the generated files and AsyncAPI give it. */
import * as z from 'zod';
import { dataschemaOf, type EventDeclaration, envelopeSchema, sourceOf, typeOf } from './event.ts';

/** Schema of the whole envelope with what is fixed for this event. Unknown fields are allowed: later ones must not break a reader. */
export function eventJsonSchema(event: EventDeclaration, target: 'draft-4' | 'draft-7' = 'draft-4'): object {
  const schema = envelopeSchema(event.data)
    .extend({
      type: z.literal(typeOf(event)),
      source: z.literal(sourceOf(event)),
      dataschema: z.literal(dataschemaOf(event)),
    })
    .meta({ title: `${event.name}.v${event.version}`, description: event.summary });
  return z.toJSONSchema(schema, { target, io: 'input' });
}
