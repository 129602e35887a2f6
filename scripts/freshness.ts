/** Says whether something built is still what its sources would give, by a hash over their content. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const skipped = new Set(['node_modules', 'out', '.next', 'cdk.out', 'next-env.d.ts']);

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !skipped.has(name))
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
