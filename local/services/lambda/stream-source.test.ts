import { eventually } from '../../testing/eventually.ts';
import type { Cloud, JsonObject } from '../../types.ts';
import type { FunctionDefinition, Functions } from './functions.ts';
import type { LambdaStore } from './store.ts';
import { StreamSource } from './stream-source.ts';

const BATCH = 100;
const WINDOW_MS = 1_000;
/** Records that one read gives at most, as when others have read the stream in parts. */
const PART = 30;

/** A stream of one shard, a consumer that gathers for a second, and the calls that its function gets. */
function consumer() {
  const stream: string[] = [];
  const calls: { count: number; at: number }[] = [];
  const operations: Record<string, (input: JsonObject) => JsonObject> = {
    DescribeStream: () => ({ StreamDescription: { Shards: [{ ShardId: 'shard' }] } }),
    GetShardIterator: () => ({ ShardIterator: '0' }),
    GetRecords: ({ ShardIterator, Limit }) => {
      const from = Number(ShardIterator);
      const found = stream.slice(from, from + Math.min(PART, Number(Limit)));
      const Records = found.map((SequenceNumber) => ({ eventID: SequenceNumber, dynamodb: { SequenceNumber } }));
      return { Records, NextShardIterator: String(from + found.length) };
    },
  };
  const cloud = {
    assumeRole: () => ({ kind: 'anonymous' }),
    call: async (_: string, operation: string, input: JsonObject) => operations[operation]?.(input),
    onNotify: () => () => undefined,
    log: () => undefined,
  } as unknown as Cloud;
  const functions = {
    run: async (_: string, __: undefined, payload: string) => {
      calls.push({ count: JSON.parse(payload).Records.length, at: performance.now() });
      return { payload: 'null' };
    },
  } as unknown as Functions;
  const store = { position: () => undefined, savePosition: () => undefined } as unknown as LambdaStore;
  const properties = { BatchSize: BATCH, MaximumBatchingWindowInSeconds: WINDOW_MS / 1_000 };
  const mapping = { id: 'mapping', sourceArn: 'arn', target: 'function', properties, accepts: () => true };
  const source = new StreamSource(mapping, {} as FunctionDefinition, cloud, functions, store);
  const write = (count: number) => stream.push(...Array.from({ length: count }, (_, n) => String(stream.length + n)));
  return { source, write, calls };
}

test('what comes within the window is one call', async () => {
  const { source, write, calls } = consumer();
  write(1);
  source.start();
  const later = setTimeout(() => write(2), WINDOW_MS / 4);
  await eventually('the function is called', () => calls.length > 0);
  clearTimeout(later);
  await source.stop();
  expect(calls.map(({ count }) => count)).toEqual([3]);
});

test('who is behind waits for no window, however small the parts are in which the stream is read', async () => {
  const { source, write, calls } = consumer();
  write(4 * BATCH);
  source.start();
  await eventually('all is handed over', () => calls.length === 4);
  await source.stop();
  expect(calls.map(({ count }) => count)).toEqual([BATCH, BATCH, BATCH, BATCH]);
  expect((calls[3]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeLessThan(WINDOW_MS);
});
