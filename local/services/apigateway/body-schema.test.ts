import type { Json, JsonObject } from '../../types.ts';
import { compileBodySchema } from './body-schema.ts';

const DOCUMENT: JsonObject = {
  components: {
    schemas: {
      Node: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 3, pattern: '^[a-z]+$' },
          price: { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 0.01 },
          note: { type: 'string', nullable: true },
          kind: { enum: ['a', 'b'] },
          children: { type: 'array', maxItems: 1, items: { $ref: '#/components/schemas/Node' } },
        },
      },
    },
  },
};
const check = compileBodySchema(DOCUMENT, { $ref: '#/components/schemas/Node' });

test.each<Json>([{ name: 'abc' }, { name: 'a', price: 0.29, note: null, kind: 'b', children: [{ name: 'b' }] }])(
  '%j fits',
  (value) => {
    expect(check(value)).toEqual([]);
  },
);

test.each<[Json, string]>([
  [null, ''],
  [{}, ''],
  [{ name: 'abcd' }, '/name'],
  [{ name: 'A' }, '/name'],
  [{ name: 'a', price: 0 }, '/price'],
  [{ name: 'a', price: 0.005 }, '/price'],
  [{ name: 'a', kind: 'c' }, '/kind'],
  [{ name: 'a', more: 1 }, '/more'],
  [{ name: 'a', children: [{}] }, '/children/0'],
])('%j does not fit at "%s"', (value, place) => {
  expect(check(value)[0]?.split(':')[0]).toBe(place);
});

test('alternatives are counted', () => {
  const one = compileBodySchema({}, { oneOf: [{ type: 'integer' }, { type: 'number' }] });
  expect([one(1).length, one(1.5).length, one('x').length]).toEqual([1, 0, 1]);
});

test('a keyword that is not known is an error, not silence', () => {
  expect(() => compileBodySchema({}, { patternProperties: {} })).toThrow('patternProperties');
});
