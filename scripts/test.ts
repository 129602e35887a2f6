/**
 * Everything that must hold, in the order in which it fails fastest. Each stage prints one line; what a failed stage wrote is shown whole. The
 * last line counts tests: `N passed, N failed, N skipped`. `npm test -- <words>` runs the stages that have the words in their name.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildAll, LOCAL_URL } from './build.ts';
import { findChromium } from './chromium.ts';

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}
interface Stage {
  name: string;
  /** What this machine lacks, so that a part of the stage can not run. */
  lack?: string;
  run(): Promise<Outcome> | Outcome;
}

const execute = promisify(execFile);

/** A command that holds or does not: it counts as one test. */
function check(name: string, command: string, ...args: string[]): Stage {
  return {
    name,
    run: async () => {
      try {
        await execute(command, args, { maxBuffer: 64 * 1024 * 1024 });
        return { passed: 1, failed: 0, skipped: 0 };
      } catch (error) {
        const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
        process.stdout.write(`${stdout}${stderr}` || `${message}\n`);
        return { passed: 0, failed: 1, skipped: 0 };
      }
    },
  };
}

/** One Jest run over some folders; Jest's own report goes to the terminal only when something fails. */
function jest(name: string, paths: readonly string[], ...options: string[]): Stage {
  return {
    name,
    run: () => {
      mkdirSync('test-results', { recursive: true });
      const report = `test-results/${name.replaceAll(/\W+/g, '-')}.json`;
      const child = spawnSync('jest', [...paths, '--json', '--outputFile', report, '--silent', ...options], {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      });
      if (child.status !== 0) process.stdout.write(child.stderr);
      if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
      const result = JSON.parse(readFileSync(report, 'utf8')) as {
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        numRuntimeErrorTestSuites: number;
      };
      const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
      return {
        passed: result.numPassedTests,
        failed: failed || (child.status === 0 ? 0 : 1),
        skipped: result.numPendingTests,
      };
    },
  };
}

/**
 * Jest would leave one core of two free, and run few files one after another when it remembers one of them as quick. Tests wait a good part of
 * their time, for time-outs, mails and the screen: more files than there are cores run at once.
 */
const sideBySide = (perCore: number) => [
  // As a number: of percentages, Jest takes those over 100 for numbers of workers.
  `--maxWorkers=${Math.ceil(perCore * availableParallelism())}`,
  '--workerIdleMemoryLimit=3GB',
];
/** Files of one folder of the project, and not all with its name in their path. */
const below = (folder: string) => `^${process.cwd()}/${folder}/`;

const build: Stage = {
  name: 'build',
  run: async () => {
    await buildAll({ publicUrl: LOCAL_URL }, (line) => console.log(`    ${line}`));
    return { passed: 1, failed: 0, skipped: 0 };
  },
};
const hasChromium = findChromium() !== undefined;
/** What promises seconds is kept apart from what loads the machine, and what promises milliseconds has the machine for itself. */
const SECONDS = '(browser/)?journey\\.test\\.ts$';
const MILLISECONDS = 'browser/speed\\.test\\.ts$';
const without = (...patterns: string[]) => [
  '--testPathIgnorePatterns',
  'node_modules',
  ...patterns,
  ...(hasChromium ? [] : ['tests/browser']),
];
/** The browser's tests run among the others of the whole platform, so that the last files of one do not wait alone. */
const files = jest(
  hasChromium ? 'whole platform and browser' : 'whole platform',
  [below('tests')],
  ...sideBySide(1.5),
  ...without(SECONDS, MILLISECONDS),
);
const platform: Stage = {
  ...files,
  run: async () => {
    // Each file has a platform of its own; they are deployed once, for all.
    const { startPlatform } = await import('../tests/support/platform.ts');
    const deployed = await startPlatform();
    await deployed.stop({ keepState: true });
    process.env.TEST_STATE = deployed.stateDir;
    try {
      return await files.run();
    } finally {
      delete process.env.TEST_STATE;
      rmSync(deployed.stateDir, { recursive: true, force: true });
    }
  },
  ...(!hasChromium && { lack: 'Chromium was not found: the browser tests did NOT run' }),
};
const infrastructure = jest(
  'infrastructure, and the journey within its seconds',
  [below('infra'), `${below('tests')}${SECONDS}`],
  ...sideBySide(1),
  ...without(),
);
const speed = jest('speed of pages', [`${below('tests')}${MILLISECONDS}`], '--runInBand', ...without());

/** Stages that stand in one row run side by side. */
const rows: readonly (readonly Stage[])[] = [
  [
    check('types', 'npm', 'run', '--silent', 'typecheck'),
    check('lint', 'npm', 'run', '--silent', 'lint'),
    check('generated files are fresh', 'npm', 'run', '--silent', 'generate', '--', '--check'),
    check('event schemas only grow', 'node', 'scripts/check-events.ts'),
  ],
  [jest('unit', ['shared', 'events', 'functions', 'local', 'demo', 'bench', 'web'].map(below), ...sideBySide(2.5))],
  [build],
  [infrastructure],
  ...(hasChromium ? [[speed]] : []),
  [platform],
];

/**
 * Platforms of tests keep their state in memory where the system has a folder there with room: each commit of a table waits for the disk
 * otherwise. What a killed platform wrote is there again all the same.
 */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 * 1024 ** 3;
function inMemory(): boolean {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES;
}
if (inMemory()) {
  const folder = mkdtempSync(join(MEMORY, 'mewayz-test-'));
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
}

const only = process.argv.slice(2);
const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
const begun = performance.now();
async function outcomeOf({ name, run, lack }: Stage): Promise<Outcome> {
  const from = performance.now();
  let outcome: Outcome;
  try {
    outcome = await run();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    outcome = { passed: 0, failed: 1, skipped: 0 };
  }
  if (lack) outcome.skipped += 1;
  const { passed, failed, skipped } = outcome;
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  console.log(
    `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)${lack ? ` — ${lack}` : ''}`,
  );
  return outcome;
}

for (const row of rows) {
  const chosen = row.filter(({ name }) => only.length === 0 || only.some((words) => name.includes(words)));
  const outcomes = await Promise.all(chosen.map(outcomeOf));
  for (const { passed, failed, skipped } of outcomes) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  // What comes after a broken build would only repeat its error.
  if (chosen.includes(build) && outcomes.some(({ failed }) => failed > 0)) break;
}
console.log(`All of it took ${((performance.now() - begun) / 60_000).toFixed(1)} minutes.`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed ? 1 : 0);
