/**
 * Builds what is out of date, runs the synthesized application on this machine and loads the demo data. `npm start -- --reset` begins anew;
 * `--no-demo` starts empty; `--watch` (`npm run dev`) rebuilds and reloads what changes; `PORT` moves the web app, the other addresses move along.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAccounts, ensureAccounts, loadDemo, password, type Target } from '../demo/load.ts';
import { startLocal } from '../local/runner.ts';
import { buildAll } from './build.ts';
import { watchSources } from './watch.ts';

// Lambda's clock is UTC, and functions run in this process.
process.env.TZ = 'UTC';

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    demo: { type: 'boolean', default: true },
    watch: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const DEFAULT_PORT = 3000;
const web = Number(process.env.PORT ?? DEFAULT_PORT);
if (!Number.isInteger(web) || web < 1024 || web > 60_000) {
  console.error(`PORT must be a whole number from 1024 to 60000, not "${process.env.PORT}".`);
  process.exit(1);
}
const ports = { web, partner: web + 1, endpoint: 4566 + (web - DEFAULT_PORT) };
const stateDir = join('.local', web === DEFAULT_PORT ? 'state' : `state-${web}`);

const begun = performance.now();
const buildNow = () => buildAll({ publicUrl: `http://localhost:${web}` }, (line) => console.log(line));
const options = {
  assembly: await buildNow(),
  stateDir,
  ports,
  reset: values.reset,
  quiet: !process.env.VERBOSE,
};
const platform = await startLocal(options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

let stopping = false;
const stop = () => {
  if (stopping) process.exit(1);
  stopping = true;
  void platform.stop().then(() => process.exit(0));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// `npm start` killed hard would leave this process behind with the ports taken.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(), 1_000).unref();

// The same shape as `cdk deploy --outputs-file`: the operator commands read either.
mkdirSync(stateDir, { recursive: true });
writeFileSync(join(stateDir, 'outputs.json'), JSON.stringify(platform.outputs, null, 2));

const base = platform.urls.web ?? `http://localhost:${web}`;
const READY_WITHIN_MS = 60_000;
for (const from = performance.now(); ; ) {
  const answer = await fetch(`${base}/api/v1/ready`).catch(() => undefined);
  if (answer?.status === 200) break;
  if (performance.now() - from > READY_WITHIN_MS) {
    console.error(`Not ready after ${READY_WITHIN_MS / 1000} s: ${answer ? await answer.text() : 'no answer'}`);
    await platform.stop();
    process.exit(1);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}

const target: Target = {
  base,
  endpoint: platform.endpoint,
  outputs: platform.outputs,
  credentials: platform.credentials,
  stateDir,
};
// Where `npm run demo` finds what runs here.
writeFileSync(join(stateDir, 'running.json'), JSON.stringify(target));
if (values.demo) await ensureAccounts(target);
console.log(`
ready ${base}

  Web app      ${base}
  API          ${base}/api/v1/        documentation ${base}/api/v1/docs
  Partner API  ${platform.urls.partner.join(', ')}
  Console      ${platform.endpoint}/_local/   mails, events, queues, functions and their logs
  AWS          ${platform.endpoint}   (AWS_ACCESS_KEY_ID=${platform.credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${platform.credentials.secretAccessKey})
`);
if (values.demo) {
  console.log(
    `  Sign in as   ${demoAccounts.map((account) => account.email).join(', ')}\n  Password     ${password}\n`,
  );
}
console.log(
  `Started in ${((performance.now() - begun) / 1000).toFixed(1)} s. Ctrl-C stops it; npm start -- --reset begins anew.`,
);
if (values.demo) {
  await loadDemo(target).catch((error: unknown) => {
    console.error('The demo data could not be loaded whole; the next start goes on where it stopped.');
    console.error(error instanceof Error ? error.message : error);
  });
}
if (values.watch) {
  watchSources(async () => {
    const changed = performance.now();
    const assembly = await buildNow();
    if (assembly === options.assembly) return;
    options.assembly = assembly;
    await platform.reload();
    console.log(`Reloaded in ${((performance.now() - changed) / 1_000).toFixed(1)} s.`);
  });
  console.log('Watching functions, shared, events, infra and web.');
}
