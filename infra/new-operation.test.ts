import { existsSync, readFileSync } from 'node:fs';
import { filesOf } from '../scripts/new-operation.ts';

const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

test('a new operation is a contract, a handler, a test and one registry line', () => {
  const files = filesOf({ id: 'products.archive-product' }, read);
  expect([...files.keys()]).toEqual([
    'shared/contracts/products/archive-product.ts',
    'functions/products/archive-product.ts',
    'functions/products/archive-product.test.ts',
    'functions/products/registry.ts',
  ]);
  const before = (read('functions/products/registry.ts') as string).trim().split('\n');
  const after = (files.get('functions/products/registry.ts') as string).trim().split('\n');
  expect(after.filter((line) => !before.includes(line))).toEqual([
    "export { handler as archiveProduct } from './archive-product.ts';",
  ]);
});

test('a first operation brings its area into the registry', () => {
  const files = filesOf({ id: 'customers.list-customers' }, read);
  expect(files.get('functions/registry.ts')).toContain("import * as customers from './customers/registry.ts';");
  expect(files.get('shared/contracts/customers/list-customers.ts')).toContain("path: '/customers'");
});

test.each([
  [{ id: 'orders' }, 'no <area>.<operation>'],
  [{ id: 'orders.PlaceOrder' }, 'no <area>.<operation>'],
  [{ id: 'orders.place-order', permission: 'orders:place' }, 'is there already'],
  [{ id: 'orders.archive-order' }, 'There is no permission orders:write'],
  [{ id: 'products.archive-product', method: 'BREW' }, 'is no method'],
  [{ id: 'products.archive-product', path: 'products' }, 'is no path'],
])('what is not possible is refused with a reason: %j', (operation, reason) => {
  expect(() => filesOf(operation, read)).toThrow(reason);
});
