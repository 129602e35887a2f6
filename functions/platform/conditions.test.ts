import { conditionTerms, slots } from './conditions.ts';

const build = (conditions: Parameters<typeof conditionTerms>[0]) => {
  const to = slots();
  return { expression: conditionTerms(conditions, to).join(' AND '), ...to.attributes() };
};

test('no name and no value stands in an expression itself', () => {
  expect(build({ status: 'a = a OR', 'c.size': { gte: 2, lt: 9 }, name: { beginsWith: 'x' } })).toEqual({
    expression: '#0 = :0 AND #1.#2 >= :1 AND #1.#2 < :2 AND begins_with(#3, :3)',
    ExpressionAttributeNames: { '#0': 'status', '#1': 'c', '#2': 'size', '#3': 'name' },
    ExpressionAttributeValues: { ':0': 'a = a OR', ':1': 2, ':2': 9, ':3': 'x' },
  });
});

test('every kind of test has its expression', () => {
  expect(
    build({
      a: { ne: 1, gt: 2, lte: 3, in: [4, 5], exists: true, contains: 6, containsAll: [7, 8] },
      b: { exists: false },
    }).expression,
  ).toBe(
    '#0 <> :0 AND #0 > :1 AND #0 <= :2 AND #0 IN (:3, :4) AND attribute_exists(#0) AND contains(#0, :5) AND contains(#0, :6) AND contains(#0, :7) AND attribute_not_exists(#1)',
  );
});

test('an empty map is left out, because DynamoDB refuses it', () => {
  expect(slots().attributes()).toEqual({});
  expect(build({ a: { exists: true } })).not.toHaveProperty('ExpressionAttributeValues');
});

test.each([
  [{ a: {} }, 'condition on a is empty'],
  [{ a: { eq: undefined } }, 'condition eq on a has no value'],
  [{ a: { in: [] } }, 'takes 1 to 100 values'],
  [{ a: { in: Array(101).fill(1) } }, 'takes 1 to 100 values'],
  [{ a: { like: 'x' } as never }, 'unknown: like'],
])('a condition that would let everything through is an error: %j', (conditions, message) => {
  expect(() => build(conditions)).toThrow(message);
});
