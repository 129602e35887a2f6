import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Machine, Pool } from './pool.ts';

const taskRoot = mkdtempSync(join(tmpdir(), 'pool-'));
writeFileSync(
  join(taskRoot, 'index.js'),
  'exports.handler = async (ms) => new Promise((r) => setTimeout(() => r("done"), ms));',
);
const task = (payload: string) => ({ requestId: 'r', payload, invokedFunctionArn: 'arn', log: () => undefined });

const newPool = (concurrency: number, machine = new Machine()) =>
  new Pool(
    {
      name: 'of-pool-test',
      worker: { taskRoot, handler: 'index.handler', logFormat: 'Text' },
      environment: () => ({}),
      memorySizeMb: 128,
      timeoutMs: 60_000,
      concurrency,
    },
    machine,
  );

describe('the machine', () => {
  test('is never over its capacity while idle workers can make room, and a full one still runs every function', async () => {
    const machine = new Machine(3);
    const pools = Array.from({ length: 6 }, () => newPool(4, machine));
    const size = (): number => pools.reduce((sum, pool) => sum + pool.size, 0);
    for (const pool of pools) {
      expect((await pool.run(task('1'))).payload).toBe('"done"');
      expect(size()).toBeLessThanOrEqual(3);
    }
    const outcomes = await Promise.all(pools.flatMap((pool) => [pool.run(task('20')), pool.run(task('20'))]));
    expect(outcomes.map(({ payload }) => payload)).toEqual(Array(12).fill('"done"'));
    await Promise.all(pools.map((pool) => pool.stop()));
  });
});

describe('the threads of a function', () => {
  test('are one for events that are short, and one more for who would wait longer than its start takes', async () => {
    const pool = newPool(4);
    await Promise.all(Array.from({ length: 5 }, () => pool.run(task('1'))));
    expect(pool.size).toBe(1);
    void pool.run(task('30000'));
    expect((await pool.run(task('1'))).payload).toBe('"done"');
    expect({ size: pool.size, running: pool.running }).toEqual({ size: 2, running: 1 });
    await pool.stop();
  });
  test('end with their work when new code comes: what waits has its turn first', async () => {
    const pool = newPool(1);
    const outcomes = [pool.run(task('50')), pool.run(task('1'))];
    pool.retire();
    expect((await Promise.all(outcomes)).map(({ payload }) => payload)).toEqual(['"done"', '"done"']);
    expect(pool.size).toBe(0);
  });
});

describe('a module', () => {
  test('without package.json beside it is CommonJS, whatever the project around the asset says', async () => {
    const project = mkdtempSync(join(tmpdir(), 'project-'));
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    const asset = join(project, 'asset');
    mkdirSync(asset);
    writeFileSync(join(asset, 'index.js'), 'module.exports.handler = async () => "commonjs";');
    const worker = { taskRoot: asset, handler: 'index.handler', logFormat: 'Text' as const };
    const pool = new Pool(
      { name: 'plain', worker, environment: () => ({}), memorySizeMb: 128, timeoutMs: 5000, concurrency: 1 },
      new Machine(),
    );
    expect((await pool.run(task('{}'))).payload).toBe('"commonjs"');
    await pool.stop();
  });
});
