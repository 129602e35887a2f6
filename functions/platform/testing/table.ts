/**
 * A real table for tests: a DynamoDB-compatible process of its own, in memory, with the table as `db` expects it. Start it in
 * `beforeAll`, stop it in `afterAll`; `db` made afterwards talks to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb } from '../aws-dynamodb.ts';
import type { Db, WriteContext } from '../db.ts';
import type { Access } from '../declaration.ts';
import { createDb } from '../dynamo.ts';
import { type AnyEntity, indexNames } from '../entity.ts';
import { environmentNames } from '../env.ts';
import { pause } from '../pause.ts';
import { indexKeys, indexNameOf, projectionOf, tableKey } from '../table-schema.ts';
import { freePort } from './free-port.ts';

export interface Usage {
  /** Requests by kind, such as `Query`. */
  requests: Record<string, number>;
  readUnits: number;
  writeUnits: number;
}
export interface TestTable {
  readonly endpoint: string;
  /** Empties the table. */
  clear(): Promise<void>;
  /** `db` of a function with this access, writing as `system`. */
  db<const A extends Access>(access: A, context?: Partial<WriteContext>): Db<A>;
  /** Requests and capacity units that `work` takes; nothing else may use the table meanwhile. */
  measure<T>(work: () => Promise<T>): Promise<{ result: T } & Usage>;
  stop(): Promise<void>;
}

const TABLE = 'test';
const binary = join(process.cwd(), 'node_modules', '@dynoxide', 'linux-x64', 'dynoxide');

/** `entities` decide what the indexes g1 and g2 carry, as they do in the real table. */
export async function startTable(entities: readonly AnyEntity[] = []): Promise<TestTable> {
  const { endpoint, server } = process.env.DYNAMODB_ENDPOINT
    ? { endpoint: process.env.DYNAMODB_ENDPOINT, server: undefined }
    : await startEngine();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [environmentNames.tableName]: TABLE,
  });
  await createTable(entities, server);

  let usage: Usage | undefined;
  // Outermost step of every request: asks for the units and adds them up.
  dynamodb().middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (!usage) return next(args);
        const kind = String(commandName).replace(/Command$/, '');
        const answer = await next({
          ...args,
          input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input,
        });
        usage.requests[kind] = (usage.requests[kind] ?? 0) + 1;
        const { ConsumedCapacity: consumed } = answer.output as { ConsumedCapacity?: Consumed | Consumed[] };
        for (const { CapacityUnits: units = 0 } of [consumed ?? []].flat()) {
          if (/Write|Put|Update|Delete/.test(kind)) usage.writeUnits += units;
          else usage.readUnits += units;
        }
        return answer;
      },
    { step: 'initialize', name: 'measure', override: true },
  );

  return {
    endpoint,
    async clear() {
      await dynamodb().send(new DeleteTableCommand({ TableName: TABLE }));
      await createTable(entities, server);
    },
    db(access, context = {}) {
      return createDb(access, {
        actor: { id: 'system', type: 'system' },
        correlationId: 'test',
        now: () => new Date(),
        ...context,
      });
    },
    async measure(work) {
      const measured: Usage = { requests: {}, readUnits: 0, writeUnits: 0 };
      usage = measured;
      try {
        return { result: await work(), ...measured };
      } finally {
        usage = undefined;
      }
    },
    async stop() {
      dynamodb().destroy();
      if (!server || server.exitCode !== null) return;
      const ended = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      server.kill('SIGKILL');
      await ended;
    },
  };
}
/** On a port that was free a moment ago: when somebody else took it meanwhile, on another one. */
async function startEngine(): Promise<{ endpoint: string; server: ChildProcess }> {
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort();
    const server = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
    while (server.exitCode === null) {
      if (await accepts(port)) return { endpoint: `http://127.0.0.1:${port}`, server };
      await pause(10);
    }
  }
  throw new Error(`${binary} does not start`);
}
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

interface Consumed {
  CapacityUnits?: number;
}

async function createTable(entities: readonly AnyEntity[], server: ChildProcess | undefined): Promise<void> {
  const keys = [tableKey, ...Object.values(indexKeys)];
  const schema = ({ pk, sk }: { pk: string; sk: string }) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  const command = new CreateTableCommand({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys.flatMap(({ pk, sk }) => [pk, sk]))].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    KeySchema: schema(tableKey),
    GlobalSecondaryIndexes: indexNames.map((index) => {
      const carried = projectionOf(index, entities);
      return {
        IndexName: indexNameOf(index),
        KeySchema: schema(indexKeys[index]),
        Projection:
          carried.length > 0
            ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: carried }
            : { ProjectionType: 'KEYS_ONLY' as const },
      };
    }),
  });
  for (let attempt = 0; ; attempt++) {
    try {
      await dynamodb().send(command);
      return;
    } catch (error) {
      if (attempt === 20 || (server && server.exitCode !== null)) throw error;
      await pause(50);
    }
  }
}
