/**
 * What an event is: declared once, as a plain object beside its siblings in `events/<area>/`. Type, JSON Schema, rule
 * patterns, AsyncAPI and the docs come from the declaration.
 */
import * as z from 'zod';

export interface EventDeclaration<D extends z.ZodObject = z.ZodObject, N extends string = string> {
  /** PascalCase, past tense: `OrderPlaced`. The detail-type on the bus. */
  readonly name: N;
  /** A breaking change is a new version in a file beside this one. */
  readonly version: number;
  /** The bus source is `mewayz.<area>`. */
  readonly area: string;
  /** Kind of the entity that the event is about; its id is the subject. */
  readonly subject: string;
  readonly summary: string;
  readonly data: D;
  /** Ids of the operations or reactions that produce it. */
  readonly producers: readonly string[];
  readonly example: z.input<D>;
}

export function event<const D extends z.ZodObject, const N extends string>(
  declaration: EventDeclaration<D, N>,
): EventDeclaration<D, N> {
  return declaration;
}

export type EventData<E extends EventDeclaration> = z.output<E['data']>;

/** Who did it: a user, a program by its API key, or the platform itself. */
export const actorSchema = z.object({
  id: z.string().meta({ description: 'usr_… or system' }),
  type: z.enum(['user', 'api-key', 'system']),
});

/**
 * The detail of every event on the bus: a CloudEvents 1.0 envelope (https://github.com/cloudevents/spec) with four
 * extension attributes. `sequence` counts the events of one subject from 1 without gaps.
 */
export function envelopeSchema<D extends z.ZodType>(data: D) {
  return z.object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    subject: z.string(),
    time: z.iso.datetime(),
    dataschema: z.string(),
    datacontenttype: z.literal('application/json'),
    correlationid: z.string(),
    causationid: z.string().optional(),
    actor: actorSchema,
    sequence: z.number().int().min(1),
    data,
  });
}
export interface Envelope<D = unknown> {
  specversion: '1.0';
  id: string;
  /** `mewayz.<area>` */
  source: string;
  /** `mewayz.<area>.<Name>.v<version>` */
  type: string;
  /** Id of the entity. */
  subject: string;
  time: string;
  /** `urn:mewayz:event:<area>:<Name>:v<version>`: a name, because the schemas are wherever a company publishes them. */
  dataschema: string;
  datacontenttype: 'application/json';
  /** Id of the request that set it off; the same through everything that follows from it. */
  correlationid: string;
  /** Id of the event that caused this one, when a reaction did. */
  causationid?: string;
  actor: { id: string; type: 'user' | 'api-key' | 'system' };
  sequence: number;
  data: D;
}

/** The bus source of an event. */
export function sourceOf(e: EventDeclaration): string {
  return `mewayz.${e.area}`;
}
/** The CloudEvents type: name and version. */
export function typeOf(e: EventDeclaration): string {
  return `mewayz.${e.area}.${e.name}.v${e.version}`;
}
/** Name of the JSON Schema of the envelope, as a URI. */
export function dataschemaOf(e: EventDeclaration): string {
  return `urn:mewayz:event:${e.area}:${e.name}:v${e.version}`;
}
/** Where the JSON Schema of the envelope is published, relative to the repository's `events/` folder. */
export function schemaPathOf(e: EventDeclaration): string {
  return `schemas/${e.area}/${e.name}.v${e.version}.json`;
}
/** EventBridge rule pattern that matches these events and nothing else. */
export function patternOf(events: readonly EventDeclaration[]): {
  source: string[];
  'detail-type': string[];
  detail: { type: string[] };
} {
  return {
    source: [...new Set(events.map(sourceOf))].sort(),
    'detail-type': [...new Set(events.map((e) => e.name))].sort(),
    detail: { type: events.map(typeOf).sort() },
  };
}
