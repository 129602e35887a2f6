import type { Json, JsonObject } from '../../types.ts';
import { compilePattern, matchesPattern } from './pattern.ts';

const event: Json = {
  source: 'shop.orders',
  'detail-type': 'OrderPlaced',
  detail: {
    total: 300.0,
    note: null,
    empty: '',
    city: 'Straße',
    tags: ['new', 'b2b'],
    none: [],
    ip: '10.0.1.7',
    ip6: '2001:db8::1',
    path: 'a/b*c/file.PNG',
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 9 },
    ],
  },
};

const table: [title: string, pattern: JsonObject, matches: boolean][] = [
  ['exact', { source: ['shop.orders'] }, true],
  ['exact, another value', { source: ['shop.users'] }, false],
  ['one of several values', { source: ['x', 'shop.orders'] }, true],
  ['every named field must match', { source: ['shop.orders'], 'detail-type': ['OrderPaid'] }, false],
  ['numbers as numbers', { detail: { total: [300] } }, true],
  ['a number is not its text', { detail: { total: ['300'] } }, false],
  ['null', { detail: { note: [null] } }, true],
  ['empty text', { detail: { empty: [''] } }, true],
  ['an array matches by any element', { detail: { tags: ['b2b'] } }, true],
  ['an array without the element', { detail: { tags: ['b2c'] } }, false],
  ['prefix', { source: [{ prefix: 'shop.' }] }, true],
  ['prefix elsewhere', { source: [{ prefix: 'orders' }] }, false],
  ['prefix ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'SHOP' } }] }, true],
  ['suffix', { source: [{ suffix: '.orders' }] }, true],
  ['suffix ignoring case', { detail: { path: [{ suffix: { 'equals-ignore-case': '.png' } }] } }, true],
  ['equals-ignore-case', { 'detail-type': [{ 'equals-ignore-case': 'orderplaced' }] }, true],
  ['wildcard', { detail: { path: [{ wildcard: 'a/*/file.*' }] } }, true],
  ['wildcard with an escaped star', { detail: { path: [{ wildcard: 'a/b\\*c/*' }] } }, true],
  ['wildcard with another escaped star', { detail: { path: [{ wildcard: 'a\\*c/*' }] } }, false],
  ['wildcard is not a regular expression', { source: [{ wildcard: 'shop?orders' }] }, false],
  ['anything-but a value', { source: [{ 'anything-but': 'x' }] }, true],
  ['anything-but that value', { source: [{ 'anything-but': 'shop.orders' }] }, false],
  ['anything-but a list', { detail: { total: [{ 'anything-but': [100, 300] }] } }, false],
  ['anything-but on an absent field', { detail: { absent: [{ 'anything-but': 'x' }] } }, false],
  ['anything-but prefix', { source: [{ 'anything-but': { prefix: 'shop' } }] }, false],
  ['anything-but a list of prefixes', { source: [{ 'anything-but': { prefix: ['a', 'b'] } }] }, true],
  ['anything-but suffix', { source: [{ 'anything-but': { suffix: 'users' } }] }, true],
  ['anything-but wildcard', { source: [{ 'anything-but': { wildcard: '*ord*' } }] }, false],
  ['anything-but ignoring case', { source: [{ 'anything-but': { 'equals-ignore-case': ['SHOP.ORDERS'] } }] }, false],
  ['numeric equality', { detail: { total: [{ numeric: ['=', 3e2] }] } }, true],
  ['numeric range', { detail: { total: [{ numeric: ['>', 0, '<=', 300] }] } }, true],
  ['numeric out of range', { detail: { total: [{ numeric: ['>', 300] }] } }, false],
  ['numeric on text', { source: [{ numeric: ['>', 0] }] }, false],
  ['exists', { detail: { total: [{ exists: true }] } }, true],
  ['exists on null', { detail: { note: [{ exists: true }] } }, true],
  ['exists only for leaves', { detail: [{ exists: true }] }, false],
  ['exists false', { detail: { absent: [{ exists: false }] } }, true],
  ['exists false under an absent parent', { other: { absent: [{ exists: false }] } }, true],
  ['exists false on a present field', { detail: { total: [{ exists: false }] } }, false],
  ['absent or a value', { detail: { absent: ['x', { exists: false }] } }, true],
  ['cidr', { detail: { ip: [{ cidr: '10.0.0.0/16' }] } }, true],
  ['cidr elsewhere', { detail: { ip: [{ cidr: '10.1.0.0/16' }] } }, false],
  ['cidr version 6', { detail: { ip6: [{ cidr: '2001:db8::/32' }] } }, true],
  ['cidr on what is no address', { source: [{ cidr: '10.0.0.0/8' }] }, false],
  ['$or', { $or: [{ source: ['x'] }, { detail: { total: [{ numeric: ['>', 200] }] } }] }, true],
  ['$or with none', { $or: [{ source: ['x'] }, { source: ['y'] }] }, false],
  ['$or beside a field', { 'detail-type': ['x'], $or: [{ source: ['shop.orders'] }, { source: ['y'] }] }, false],
  ['nested $or', { detail: { $or: [{ total: [1] }, { tags: ['new'] }] } }, true],
  ['objects in an array, same element', { detail: { lines: { sku: ['B'], quantity: [9] } } }, true],
  ['objects in an array, different elements', { detail: { lines: { sku: ['A'], quantity: [9] } } }, false],
];

test.each(table)('An event pattern decides as EventBridge does: %s', (_title, pattern, matches) => {
  expect(matchesPattern(pattern, event)).toBe(matches);
});

test.each<[string, JsonObject | string]>([
  ['no object', '[]'],
  ['no JSON', '{'],
  ['empty', {}],
  ['a scalar instead of an array', { source: 'x' }],
  ['an empty array', { source: [] }],
  ['an unknown matcher', { source: [{ regex: 'x' }] }],
  ['two matchers in one', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['half a range', { detail: { a: [{ numeric: ['>'] }] } }],
  ['an unknown operator', { detail: { a: [{ numeric: ['!', 1] }] } }],
  ['a malformed range', { detail: { a: [{ cidr: '10.0.0.0' }] } }],
  ['one alternative', { $or: [{ source: ['x'] }] }],
  ['two stars', { source: [{ wildcard: 'a**b' }] }],
])('A malformed pattern is refused: %s', (_title, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ code: 'InvalidEventPatternException' }));
});
