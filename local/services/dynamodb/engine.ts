/**
 * The process that stores the tables: `dynoxide`, a native DynamoDB engine on SQLite. Found in this order: the endpoint
 * named by DYNAMODB_ENDPOINT (DynamoDB Local, for example), the package of this platform in node_modules, `dynoxide` on PATH.
 *
 * Guarantees: one engine per database file; it dies with this process even when this process is killed; when it dies by
 * itself, the next request starts it anew on the same file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, type Cloud } from '../../types.ts';

const startTimeoutMs = 15_000;

export interface EngineAnswer {
  status: number;
  body: string;
}

export interface Engine {
  /** Sends one operation (JSON text) and gives the answer as it came. Throws ServiceUnavailable when the engine is gone. */
  send(operation: string, body: string): Promise<EngineAnswer>;
  /** The SQLite file, when this process runs the engine; undefined for an endpoint that is not ours. */
  readonly databaseFile: string | undefined;
  stop(): Promise<void>;
}

/** `onReady` runs after each start of the process and before the first request reaches it. */
export function createEngine(cloud: Cloud, onReady: (databaseFile: string) => void): Engine {
  const foreign = process.env.DYNAMODB_ENDPOINT;
  const folder = join(cloud.stateDir, 'dynamodb');
  const databaseFile = foreign ? undefined : join(folder, 'tables.db');
  const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'lifo' });
  let running: Promise<{ url: URL; child?: ChildProcess }> | undefined;
  let stopped = false;

  const start = async (): Promise<{ url: URL; child?: ChildProcess }> => {
    if (foreign || !databaseFile) return { url: new URL(foreign ?? '') };
    mkdirSync(folder, { recursive: true });
    const pidFile = join(folder, 'engine.pid');
    await endFormerEngine(pidFile, databaseFile);
    const port = await freePort();
    const url = new URL(`http://127.0.0.1:${port}/`);
    const child = spawnTied(findBinary(), [
      'serve',
      ...['--host', '127.0.0.1', '--port', String(port), '--db-path', databaseFile],
    ]);
    if (child.pid) writeFileSync(pidFile, String(child.pid));
    child.once('exit', (code, signal) => {
      running = undefined;
      if (!stopped)
        cloud.log('error', `The DynamoDB engine ended by itself (${signal ?? code}); the next request restarts it.`);
    });
    await untilItAnswers(url, child, agent);
    onReady(databaseFile);
    return { url, child };
  };

  const send = async (operation: string, body: string): Promise<EngineAnswer> => {
    if (stopped) throw new AwsError('ServiceUnavailable', 'The DynamoDB engine has been stopped.', 503);
    running ??= start();
    let url: URL;
    try {
      ({ url } = await running);
    } catch (error) {
      running = undefined;
      throw error;
    }
    try {
      return await post(url, agent, operation, body);
    } catch (error) {
      throw new AwsError('InternalServerError', `The DynamoDB engine did not answer: ${String(error)}`, 500);
    }
  };

  const stop = async (): Promise<void> => {
    stopped = true;
    const child = await running?.then((engine) => engine.child).catch(() => undefined);
    agent.destroy();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(late);
    rmSync(join(folder, 'engine.pid'), { force: true });
  };

  return { send, databaseFile, stop };
}

/**
 * The shell hands its own process id to the engine (`exec`), and leaves a watcher on our end of its standard input: when
 * this process is gone for whatever reason, the input ends and the watcher ends the engine.
 */
function spawnTied(binary: string, args: string[]): ChildProcess {
  const script = 'exec 3<&0; (cat <&3 >/dev/null; kill $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null';
  const child = spawn('/bin/sh', ['-c', script, binary, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  // The engine ends when this process does, so it need not keep this process running.
  child.unref();
  (child.stdin as Socket).unref();
  return child;
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  // Seen from where the process works and from the program that it runs: one of them lies in the project.
  for (const place of [join(process.cwd(), 'package.json'), process.argv[1] ?? '']) {
    try {
      return join(createRequire(place).resolve(`${name}/package.json`), '..', program);
    } catch {
      // Not there; the next place may have it.
    }
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
  if (onPath) return onPath;
  throw new Error(
    `No DynamoDB engine: the package ${name} is not installed. Install dynoxide on PATH, or name an endpoint of DynamoDB Local in DYNAMODB_ENDPOINT.`,
  );
}

/** A former run that was killed a moment ago may still hold the file. */
async function endFormerEngine(pidFile: string, databaseFile: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const isOurs = (): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(databaseFile);
    } catch {
      return false;
    }
  };
  for (let tries = 0; pid > 0 && isOurs(); tries++) {
    if (tries > 500) throw new Error(`A former DynamoDB engine (process ${pid}) does not end.`);
    process.kill(pid, tries < 100 ? 'SIGTERM' : 'SIGKILL');
    await sleep(10);
  }
  rmSync(pidFile, { force: true });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(url: URL, child: ChildProcess, agent: Agent): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (failure) throw failure;
    if (child.exitCode !== null) throw new Error(`The DynamoDB engine ended at start with code ${child.exitCode}.`);
    try {
      await post(url, agent, 'ListTables', '{}');
      return;
    } catch {
      await sleep(5);
    }
  }
  child.kill('SIGKILL');
  throw new Error(`The DynamoDB engine did not answer within ${startTimeoutMs / 1000} s.`);
}

const streamOperations = new Set(['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords']);

/** The engine wants the form of a signature but does not check it: the endpoint did before. */
function post(url: URL, agent: Agent, operation: string, body: string): Promise<EngineAnswer> {
  const api = streamOperations.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'x-amz-target': `${api}.${operation}`,
          'x-amz-date': '20200101T000000Z',
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          authorization:
            'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 500, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
