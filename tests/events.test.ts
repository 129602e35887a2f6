import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { envelopeSchema, patternOf, schemaPathOf, typeOf } from '../events/event.ts';
import { eventJsonSchema } from '../events/json-schema.ts';
import { events } from '../events/registry.ts';
import { breakingChanges } from '../scripts/generate/compatibility.ts';
import { exampleOf } from '../scripts/generate/events.ts';

test('every event has a type of its own', () => {
  expect(new Set(events.map(typeOf)).size).toBe(events.length);
});

test.each(events.map((event) => [typeOf(event), event] as const))(
  'the example of %s passes its declaration and its published schema',
  (_, event) => {
    const example = exampleOf(event);
    expect(() => envelopeSchema(event.data.strict()).parse(example)).not.toThrow();
    const published = z.fromJSONSchema(JSON.parse(readFileSync(`events/${schemaPathOf(event)}`, 'utf8')));
    expect(published.safeParse(example)).toMatchObject({ success: true });
    expect(published.safeParse({ ...example, later: 1 })).toMatchObject({ success: true });
    for (const missing of [
      { ...example, sequence: undefined },
      { ...example, type: 'x' },
      { ...example, data: {} },
    ])
      expect(published.safeParse(missing)).toMatchObject({ success: false });
  },
);

test('a rule pattern names exactly the given events', () => {
  const [first] = events;
  if (!first) throw new Error('no events');
  expect(patternOf([first])).toEqual({
    source: ['mewayz.users'],
    'detail-type': ['UserRegistered'],
    detail: { type: ['mewayz.users.UserRegistered.v1'] },
  });
});

describe('compatibility', () => {
  const schema = (fields: z.ZodRawShape) =>
    z.toJSONSchema(z.object(fields), { target: 'draft-4', io: 'input' }) as never;
  const before = schema({
    id: z.string(),
    kind: z.enum(['a', 'b']),
    n: z.number().min(0),
    note: z.string().optional(),
  });

  test('a field more and a tighter bound break nobody', () => {
    const after = schema({
      id: z.string(),
      kind: z.enum(['a']),
      n: z.int().min(1),
      note: z.string(),
      more: z.string(),
    });
    expect(breakingChanges(before, after)).toEqual([]);
    for (const event of events)
      expect(breakingChanges(eventJsonSchema(event) as never, eventJsonSchema(event) as never)).toEqual([]);
  });

  test('what is gone, no longer required, of another type, wider or looser is told with its path', () => {
    const after = schema({ id: z.string().optional(), kind: z.enum(['a', 'b', 'c']), n: z.string() });
    expect(breakingChanges(before, after)).toEqual([
      '$.id is no longer always there',
      '$.kind can now also be c',
      '$.n was number and is string',
      '$.n has a looser minimum',
      '$.note is gone',
    ]);
  });
});
