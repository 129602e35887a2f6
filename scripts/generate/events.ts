/** What other teams read of our events: JSON Schema (Draft 4) and an example per event, and one AsyncAPI 3.0 document. */
import {
  dataschemaOf,
  type Envelope,
  type EventDeclaration,
  schemaPathOf,
  sourceOf,
  typeOf,
} from '../../events/event.ts';
import { eventJsonSchema } from '../../events/json-schema.ts';

/** An event as it stands on the bus. */
export function exampleOf(event: EventDeclaration): Envelope {
  const [first = ''] = Object.values(event.example).filter((value) => typeof value === 'string');
  return {
    specversion: '1.0',
    id: 'evt_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    source: sourceOf(event),
    type: typeOf(event),
    subject: first,
    time: '2026-11-21T09:30:00.000Z',
    dataschema: dataschemaOf(event),
    datacontenttype: 'application/json',
    correlationid: 'req_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    actor: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', type: 'user' },
    sequence: 1,
    data: event.example,
  };
}

function asyncApi(events: readonly EventDeclaration[]): object {
  const key = (event: EventDeclaration) => `${event.name}.v${event.version}`;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Mewayz events',
      version: '1.0.0',
      description:
        'Every fact once, on the EventBridge bus. The detail of each event is a CloudEvents 1.0 envelope. An event may be delivered twice (same id) and out of order (compare sequence within one subject).',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: 'mewayz-{stage}',
        description: 'The EventBridge bus of a stage. Rules match source, detail-type and detail.type.',
        parameters: { stage: { description: 'Name of the stage', examples: ['dev', 'staging', 'prod'] } },
        messages: Object.fromEntries(
          events.map((event) => [key(event), { $ref: `#/components/messages/${key(event)}` }]),
        ),
      },
    },
    operations: Object.fromEntries(
      events.map((event) => [
        `publish${event.name}V${event.version}`,
        {
          action: 'send',
          channel: { $ref: '#/channels/bus' },
          summary: event.summary,
          description: `Produced by ${event.producers.join(', ')}.`,
          messages: [{ $ref: `#/channels/bus/messages/${key(event)}` }],
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        events.map((event) => [
          key(event),
          {
            name: event.name,
            title: event.name,
            summary: event.summary,
            contentType: 'application/json',
            payload: eventJsonSchema(event, 'draft-7'),
            examples: [{ name: 'example', payload: exampleOf(event) }],
          },
        ]),
      ),
    },
  };
}

/** Every generated file with its content. */
export function eventFiles(events: readonly EventDeclaration[]): Map<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ...events.flatMap((event): [string, string][] => [
      [`events/${schemaPathOf(event)}`, json(eventJsonSchema(event))],
      [`events/${schemaPathOf(event).replace('schemas', 'examples')}`, json(exampleOf(event))],
    ]),
    ['events/asyncapi.json', json(asyncApi(events))],
  ]);
}
