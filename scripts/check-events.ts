/**
 * Fails when an event schema breaks readers of the one at a git ref: `node scripts/check-events.ts [ref]`. By default the ref is main as it
 * was last fetched, or, where that is what is checked out, the commit before. Schemas that the ref does not have are new and always fine.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { breakingChanges } from './generate/compatibility.ts';

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const commitOf = (name: string) => {
  try {
    return git('rev-parse', '--verify', `${name}^{commit}`).trim();
  } catch {
    return undefined;
  }
};
const head = commitOf('HEAD');
const main = commitOf('origin/main');
const ref =
  process.argv[2] ?? (main !== undefined && main !== head ? 'origin/main' : commitOf('HEAD^') ? 'HEAD^' : 'HEAD');
const known = git('ls-tree', '-r', '--name-only', ref, 'events/schemas').split('\n').filter(Boolean);
const broken = known.flatMap((file) => {
  if (!existsSync(file)) return [`${file}: the event is gone`];
  const before = JSON.parse(git('show', `${ref}:${file}`));
  return breakingChanges(before, JSON.parse(readFileSync(file, 'utf8'))).map((change) => `${file}: ${change}`);
});
if (broken.length > 0) {
  console.error(`${broken.join('\n')}\nA breaking change is a new version of the event in a file beside the old one.`);
  process.exit(1);
}
console.log(`${known.length} event schemas can be read as at ${ref}.`);
