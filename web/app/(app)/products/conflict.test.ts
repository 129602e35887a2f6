import { changedFields, differences, pick } from './conflict.ts';

const before = { name: 'Heart', price: '2.55', tags: ['gift'], inventory: { stock: 5, trackInventory: true } };

test('only fields that somebody changed are sent', () => {
  const mine = { ...before, price: '2.95', inventory: { stock: 9, trackInventory: true } };
  const fields = changedFields(before, mine);
  expect(fields).toEqual(['price', 'inventory.stock']);
  expect(pick(mine, fields)).toEqual({ price: '2.95', inventory: { stock: 9 } });
});

test('a comparison shows where both differ, the other person’s changes first', () => {
  const mine = { ...before, name: 'Hearts' };
  const theirs = { ...before, tags: [] };
  expect(differences(before, mine, theirs)).toEqual([
    { field: 'tags', label: 'Tags', before: 'gift', mine: 'gift', theirs: '—' },
    { field: 'name', label: 'Name', before: 'Heart', mine: 'Hearts', theirs: 'Heart' },
  ]);
});
