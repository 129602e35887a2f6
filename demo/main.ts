/**
 * `npm run demo -- --all` loads the whole year of the demo into the platform that `npm start` runs; without `--all` only what `npm start` loads by
 * itself. PORT as for `npm start`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAccounts, loadAll, loadDemo, type Target } from './load.ts';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
const DEFAULT_PORT = '3000';
const port = process.env.PORT ?? DEFAULT_PORT;
const stateDir = join('.local', port === DEFAULT_PORT ? 'state' : `state-${port}`);
const running = join(stateDir, 'running.json');
try {
  if (!existsSync(running)) throw new Error('Nothing has run here yet: begin with "npm start".');
  const target: Target = { ...JSON.parse(readFileSync(running, 'utf8')), stateDir };
  const answer = await fetch(`${target.base}/api/v1/ready`).catch(() => undefined);
  if (answer?.status !== 200) throw new Error(`${target.base} does not answer: run "npm start" beside this.`);
  await ensureAccounts(target);
  await loadDemo(target);
  if (values.all) await loadAll(target);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
