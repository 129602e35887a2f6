/**
 * What every command does first: install the packages that the lock file names, if they are not there, and find Node 24. Plain
 * JavaScript without imports of ours, because on a fresh clone it runs on whatever Node the machine has (20 or newer).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;

/** Installs what is missing and returns `{ node, env }`: the Node 24 binary, and an environment with it first on PATH. */
export function setUp() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const mark = join(root, 'node_modules', '.installed');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
    console.log('Installing packages (once; about a minute) …');
    // Not `npm ci`: it refuses a lock file without the binaries of platforms that the registry at hand does not carry. This installs
    // exactly what the lock file names, and leaves it as it is.
    const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (npm.status !== 0) {
      console.error('npm install failed; see above. Nothing was started.');
      process.exit(npm.status ?? 1);
    }
    writeFileSync(mark, lock);
  }
  const bundled = join(root, 'node_modules', '.bin', 'node');
  const node = Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR ? process.execPath : bundled;
  if (!existsSync(node)) {
    console.error(
      `Mewayz runs on Node ${WANTED_MAJOR}. This is Node ${process.versions.node}, and no packaged Node ${WANTED_MAJOR} exists for ${process.platform}-${process.arch}. Install Node ${WANTED_MAJOR} and try again.`,
    );
    process.exit(1);
  }
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { node, env: { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' } };
}

/** Runs a TypeScript script of this folder with Node 24 and gives its exit code. */
export function run(script, args = []) {
  const { node, env } = setUp();
  const child = spawnSync(node, [join(root, script), ...args], { cwd: root, env, stdio: 'inherit' });
  return child.status ?? 1;
}
