/** Command line: runs an assembly until SIGINT or SIGTERM. `node local/main.ts --help` lists the options. */
import { watch } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type LocalPlatform, startLocal } from './runner.ts';

const usage = `node local/main.ts [options]
  --assembly <folder>       what "cdk synth" wrote (cdk.out)
  --state <folder>          durable state (.local)
  --web-port <n>            first port of CloudFront distributions (3000)
  --partner-port <n>        first port of REST APIs (3001)
  --endpoint-port <n>       the AWS endpoint (4566)
  --reset                   forget all state first
  --watch                   apply a changed assembly at once
`;
const { values } = parseArgs({
  options: {
    assembly: { type: 'string', default: 'cdk.out' },
    state: { type: 'string', default: '.local' },
    'web-port': { type: 'string', default: '3000' },
    'partner-port': { type: 'string', default: '3001' },
    'endpoint-port': { type: 'string', default: '4566' },
    reset: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  // Lambda's clock is UTC; worker threads share the process's time zone.
  process.env.TZ = 'UTC';
  const begun = performance.now();
  const platform = await startLocal({
    assembly: values.assembly,
    stateDir: values.state,
    ports: {
      web: Number(values['web-port']),
      partner: Number(values['partner-port']),
      endpoint: Number(values['endpoint-port']),
    },
    reset: values.reset,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    platform.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (values.watch) reloadOnChange(platform, resolve(values.assembly));
  announce(platform, performance.now() - begun);
}

function announce({ endpoint, urls }: LocalPlatform, milliseconds: number): void {
  const lines = [
    ...(urls.web === undefined ? [] : [`web       ${urls.web}`]),
    ...urls.partner.map((url) => `partner   ${url}`),
    `console   ${endpoint}/_local/`,
    `endpoint  ${endpoint}   (AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local)`,
    `ready in ${(milliseconds / 1000).toFixed(1)} s`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** `cdk synth` writes many files; the last one to settle starts the reload. */
function reloadOnChange(platform: LocalPlatform, folder: string): void {
  let timer: NodeJS.Timeout | undefined;
  let reloading: Promise<void> = Promise.resolve();
  watch(folder, (_event, file) => {
    if (file !== 'manifest.json') return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      reloading = reloading
        .then(() => platform.reload())
        .then(
          () => void process.stdout.write('reloaded\n'),
          (error: unknown) =>
            void process.stderr.write(`not reloaded: ${error instanceof Error ? error.message : String(error)}\n`),
        );
    }, 300);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
