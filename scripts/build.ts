/**
 * Builds what the platform runs from, each part only when its sources changed: the web app (web/out), the functions
 * (dist/functions) and the synthesized application (cdk.out). `node scripts/build.ts` builds all; start and test call `buildAll`.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { unlessFresh } from './freshness.ts';

const functionSources = [
  'functions',
  'shared',
  'events',
  'docs/generated',
  'openapi.json',
  'scripts/bundle.ts',
  'package-lock.json',
];
const webSources = ['web', 'shared', 'scripts/build-web.ts', 'package-lock.json'];

function command(name: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = [];
    const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`${name} ${args.join(' ')} failed with exit code ${code}`));
    });
  });
}

async function part(
  label: string,
  output: string,
  sources: readonly string[],
  build: () => Promise<void>,
  say: (line: string) => void,
) {
  const begun = performance.now();
  if (await unlessFresh(output, sources, build)) say(`${label} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
}

/**
 * Builds what is out of date and gives the folder of the assembly. `say` gets a line for each part that was built. The public URL is part of
 * the assembly (mails link to it), so each has a folder of its own.
 */
export async function buildAll(
  options: { publicUrl: string },
  say: (line: string) => void = console.log,
): Promise<string> {
  await Promise.all([
    part('Built the web app', 'web/out', webSources, () => command('node', ['scripts/build-web.ts']), say),
    part('Bundled the functions', 'dist/functions', functionSources, () => command('node', ['scripts/bundle.ts']), say),
  ]);
  const output = `.local/assembly-${new URL(options.publicUrl).port}`;
  const synthesize = async () => {
    rmSync(output, { recursive: true, force: true });
    await command('cdk', ['synth', '--quiet', '--output', output, '--context', `publicUrl=${options.publicUrl}`]);
  };
  await part(
    'Synthesized the application',
    output,
    [...functionSources, ...webSources, 'infra', 'cdk.json'],
    synthesize,
    say,
  );
  return output;
}

/** Where the platform of `npm start` and of the tests says that it stands. */
export const LOCAL_URL = 'http://localhost:3000';

if (process.argv[1]?.endsWith('scripts/build.ts')) await buildAll({ publicUrl: LOCAL_URL });
