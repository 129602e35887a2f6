/** Says whether something built is still what its sources would give, by a hash over their content. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const skipped = new Set(['node_modules', 'out', 'cdk.out', 'next-env.d.ts']);

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !skipped.has(name) && !name.startsWith('.next'))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** SHA-256, hex, over names and contents of all files below the paths. Tests do not count. */
export function sourcesHash(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesBelow)) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Runs `build` unless `output` exists and was built from the same sources. Says whether it built. */
export async function unlessFresh(
  output: string,
  sources: readonly string[],
  build: () => Promise<void>,
): Promise<boolean> {
  const mark = join('.local', 'built', `${output.replaceAll('/', '-')}.hash`);
  const hash = sourcesHash(sources);
  if (existsSync(output) && existsSync(mark) && readFileSync(mark, 'utf8') === hash) return false;
  rmSync(mark, { force: true });
  await build();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, hash);
  return true;
}

const WAIT_MS = 200;

/** Runs `work` while no other process of this checkout does: `npm test` beside `npm start` must not build into the same folders. */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const lock = join('.local', 'building');
  mkdirSync('.local', { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isGone(lock)) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the process that holds a lock has ended without giving it back. */
function isGone(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
