import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCompiled } from './compiled.ts';

const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
const kept = join(folder, 'kept', 'function.compiled');
const moduleOf = (name: string, source: string) => {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
};
const greets = (word: string) => `exports.handler = () => { const inner = () => '${word}'; return inner(); };`;
const answerOf = ({ exports }: { exports: Record<string, unknown> }) => (exports.handler as () => unknown)();

test('what was compiled is kept after the module has worked, used again, and made anew for other code', () => {
  const first = loadCompiled(moduleOf('a.js', greets('one')), kept);
  expect(answerOf(first)).toBe('one');
  first.keep();
  const { ino } = statSync(kept);

  const again = loadCompiled(join(folder, 'a.js'), kept);
  expect(answerOf(again)).toBe('one');
  again.keep();
  expect(statSync(kept).ino).toBe(ino);

  // As long as the code before: V8 alone would take it for the same.
  const other = loadCompiled(moduleOf('a.js', greets('two')), kept);
  expect(answerOf(other)).toBe('two');
  other.keep();
  expect(statSync(kept).ino).not.toBe(ino);
});

test('what is broken there is as if it were not there', () => {
  const file = moduleOf('b.js', greets('whole'));
  const first = loadCompiled(file, kept);
  answerOf(first);
  first.keep();
  const { length } = readFileSync(kept);
  writeFileSync(kept, readFileSync(kept).fill(7, 32, length / 2));
  const after = loadCompiled(file, kept);
  expect(answerOf(after)).toBe('whole');
  after.keep();
  const mended = loadCompiled(file, kept);
  const { ino } = statSync(kept);
  mended.keep();
  expect(statSync(kept).ino).toBe(ino);
});

test('where nothing can be kept, the module works all the same', () => {
  const place = join(moduleOf('file', ''), 'below-a-file');
  const loaded = loadCompiled(moduleOf('c.js', greets('there')), place);
  expect(answerOf(loaded)).toBe('there');
  expect(() => loaded.keep()).not.toThrow();
});

test('the module has what a CommonJS module has, and its errors say their places in the file', () => {
  const file = moduleOf(
    'd.js',
    `module.exports = { handler: () => [__filename, __dirname, typeof require('node:fs').readFileSync], fail: () => { throw new Error('here'); } };`,
  );
  const { exports } = loadCompiled(file, join(folder, 'd.compiled'));
  expect(answerOf({ exports })).toEqual([file, folder, 'function']);
  const column = readFileSync(file, 'utf8').indexOf('new Error') + 1;
  let stack = '';
  try {
    (exports.fail as () => void)();
  } catch (error) {
    ({ stack = '' } = error as Error);
  }
  expect(stack).toContain(`${file}:1:${column}`);
});
