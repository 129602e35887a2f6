/** docs/security/asvs.md names tests as proofs: each of them exists, under the name that stands there. */
import { existsSync, readFileSync } from 'node:fs';

const DOCUMENT = 'docs/security/asvs.md';
const rows = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id]) => /^\d\.\d\.\d+$/.test(id ?? ''));

test('every requirement stands there once, of level 1 or 2, with what is so of it', () => {
  const ids = rows.map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(67);
  for (const [, id, level, asks, state, how] of rows)
    expect([id, level, state, asks, how]).toEqual([
      id,
      expect.stringMatching(/^[12]$/),
      expect.stringMatching(/^[✓◐✗–]$/),
      expect.stringMatching(/\w/),
      expect.stringMatching(/\w/),
    ]);
});

test('every test that is named as a proof exists', () => {
  const missing = rows.flatMap(([, id, , , , , proof = '']) => {
    if (proof === '–') return [];
    const [, file = '', name = ''] = /^(\S+) › (.+)$/.exec(proof) ?? [];
    return existsSync(file) && readFileSync(file, 'utf8').includes(`'${name}'`) ? [] : [`${id}: ${proof}`];
  });
  expect(missing).toEqual([]);
});
