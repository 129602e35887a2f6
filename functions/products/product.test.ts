import type { Product } from './product.table.ts';
import { canChange, canSee, stockStateOf } from './product.ts';

const product: Product = {
  id: 'prd_1',
  seller: 'usr_seller',
  name: 'Mug',
  description: '',
  price: 120,
  currency: 'GBP',
  category: 'Kitchen',
  tags: [],
  status: 'published',
  createdAt: '2026-11-21T09:30:00.000Z',
  createdBy: 'usr_seller',
  updatedAt: '2026-11-21T09:30:00.000Z',
  updatedBy: 'usr_seller',
  version: 1,
};
const seller = { id: 'usr_seller', role: 'enterprise' } as const;
const other = { id: 'usr_other', role: 'enterprise' } as const;
const staff = { id: 'usr_staff', role: 'moderator' } as const;

it.each([
  ['published', [true, true, true]],
  ['draft', [true, false, true]],
  ['archived', [true, false, true]],
] as const)('a %s product is seen by %j of seller, others and staff', (status, seen) => {
  expect([seller, other, staff].map((who) => canSee({ ...product, status }, who))).toEqual(seen);
});
it('is changed by its seller, and by whoever may change any', () => {
  expect(canChange(product, seller, 'own')).toBe(true);
  expect(canChange(product, other, 'own')).toBe(false);
  expect(canChange(product, staff, 'any')).toBe(true);
  expect(canChange(product, seller, undefined)).toBe(false);
});
it('is nobody’s once it is deleted', () => {
  const deleted = { ...product, deletedAt: '2026-11-21T10:00:00.000Z' };
  expect(canSee(deleted, staff) || canChange(deleted, staff, 'any')).toBe(false);
});
it.each([
  [0, true, 'out_of_stock'],
  [3, true, 'low_stock'],
  [4, true, 'in_stock'],
  [0, false, 'in_stock'],
] as const)('%i of it, counted: %s, is %s', (stock, trackInventory, state) => {
  expect(stockStateOf({ stock, trackInventory, lowStockThreshold: 3 })).toBe(state);
});
