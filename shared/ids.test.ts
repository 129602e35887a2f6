import { idFromDigest, idSchema, leastIdOf, newId } from './ids.ts';

const at = new Date('2026-11-21T09:30:00.000Z');

it('makes ids that sort by their time', () => {
  const ids = [0, 1, 1_000].map((later) => newId('order', new Date(at.getTime() + later)));
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(idSchema('order').safeParse(id).success).toBe(true);
});
it('knows the least id of a moment', () => {
  const least = leastIdOf('user', at);
  expect(idSchema('user').safeParse(least).success).toBe(true);
  for (let i = 0; i < 20; i++) expect(newId('user', at) >= least).toBe(true);
  expect(newId('user', new Date(at.getTime() - 1)) < least).toBe(true);
});
it('gives the same key the same valid id', () => {
  const digest = new Uint8Array(32).fill(255);
  expect(idFromDigest('order', digest)).toBe(idFromDigest('order', digest));
  expect(idSchema('order').safeParse(idFromDigest('order', digest)).success).toBe(true);
});
it('refuses ids of another kind', () => {
  expect(idSchema('order').safeParse(newId('user')).success).toBe(false);
});
