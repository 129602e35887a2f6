/** Starts and stops platforms for tests, each a process of its own so that it can be killed as hard as a test wants. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shared } from './shared.ts';

/** Where the assembly under test says that the web app stands: links in mails and the expected Origin. */
export const PUBLIC_URL = 'http://localhost:3000';
/** Another build can be tested: TEST_ASSEMBLY names its folder. */
export const ASSEMBLY = process.env.TEST_ASSEMBLY ?? '.local/assembly-3000';

/** Each platform after the first reads what Node made of the same sources: an eighth of the processor time of a start. */
const COMPILE_CACHE = join(tmpdir(), 'mewayz-compile-cache');

export interface RunningPlatform {
  endpoint: string;
  web: string;
  partner: string;
  outputs: Record<string, Record<string, string>>;
  credentials: { accessKeyId: string; secretAccessKey: string };
  stateDir: string;
  ports: { web: number; partner: number; endpoint: number };
  process: ChildProcess;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
  /** Stops it and, unless told otherwise, forgets its state. */
  stop(options?: { keepState?: boolean }): Promise<void>;
}

/** Settings of an AWS SDK client that speaks to a platform as its developer. */
export const sdk = ({ endpoint, credentials }: RunningPlatform) => ({ endpoint, credentials, region: 'us-east-1' });

export interface StartOptions {
  assembly?: string;
  /** Goes on with the state and ports of a platform that was killed. */
  after?: RunningPlatform;
}

/** Empty, or deployed already where `TEST_STATE` names what was left of a platform that did no more than that: half the time of a start. */
function newState(assembly: string): string {
  const stateDir = mkdtempSync(join(tmpdir(), 'mewayz-'));
  const deployed = process.env.TEST_STATE;
  if (deployed && assembly === ASSEMBLY) cpSync(deployed, stateDir, { recursive: true });
  return stateDir;
}

export async function startPlatform({ assembly = ASSEMBLY, after }: StartOptions = {}): Promise<RunningPlatform> {
  const stateDir = after?.stateDir ?? newState(assembly);
  // It takes free ports itself: one that was found free before it began may be taken when it does.
  const child = spawn('node', ['tests/support/serve.ts', assembly, stateDir, JSON.stringify(after?.ports ?? {})], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const running = JSON.parse(line);
  const portOf = (url: string) => Number(new URL(url).port);
  return {
    ...running,
    stateDir,
    ports: { web: portOf(running.web), partner: portOf(running.partner), endpoint: portOf(running.endpoint) },
    process: child,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async ({ keepState = false } = {}) => {
      child.kill('SIGTERM');
      await ended;
      if (!keepState) rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** The one platform of a file of tests, for its parts. */
export const platformOfFile = shared(() => startPlatform());
