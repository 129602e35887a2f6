/**
 * Builds what the platform runs from, each part only when its sources changed: the web app (web/out) and the synthesized application with its
 * functions (.local/assemblies). `node scripts/build.ts` builds all; start and test call `buildAll`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { oneAtATime, sourcesHash, unlessFresh } from './freshness.ts';

const functionSources = ['functions', 'shared', 'events', 'docs/generated', 'openapi.json', 'package-lock.json'];
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

/**
 * Builds what is out of date and gives the folder of the assembly. `say` gets a line for each part that was built. The public URL is part of
 * the assembly (mails link to it), so each has a folder of its own.
 */
export async function buildAll(
  options: { publicUrl: string },
  say: (line: string) => void = console.log,
): Promise<string> {
  return oneAtATime(() => build(options, say));
}

async function build(options: { publicUrl: string }, say: (line: string) => void): Promise<string> {
  const since = (begun: number) => `(${((performance.now() - begun) / 1000).toFixed(1)} s)`;
  const webBegun = performance.now();
  if (await unlessFresh('web/out', webSources, () => command('node', ['scripts/build-web.ts'])))
    say(`Built the web app ${since(webBegun)}`);
  // A folder for each content: a platform that runs keeps its own while the next one is built.
  const hash = sourcesHash([...functionSources, ...webSources, 'infra', 'cdk.json']).slice(0, 12);
  const { port } = new URL(options.publicUrl);
  const output = join('.local', 'assemblies', `${port}-${hash}`);
  if (!existsSync(join(output, COMPLETE))) {
    const begun = performance.now();
    rmSync(output, { recursive: true, force: true });
    // Bundles the functions too, as each synthesis does.
    await command('cdk', ['synth', '--quiet', '--output', output, '--context', `publicUrl=${options.publicUrl}`]);
    writeFileSync(join(output, COMPLETE), '');
    say(`Synthesized the application ${since(begun)}`);
  }
  pointTo(output, latestAssembly(port));
  forgetOldest(join('.local', 'assemblies'), `${port}-`);
  return output;
}

/** Where the newest assembly of a port is found: a link that moves. */
export const latestAssembly = (port: string) => join('.local', `assembly-${port}`);
const COMPLETE = '.complete';
const KEPT_ASSEMBLIES = 4;

function pointTo(folder: string, link: string): void {
  const next = `${link}.${process.pid}`;
  symlinkSync(resolve(folder), next);
  renameSync(next, link);
}

function forgetOldest(parent: string, prefix: string): void {
  const folders = readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ path: join(parent, name), at: statSync(join(parent, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of folders.slice(KEPT_ASSEMBLIES)) rmSync(path, { recursive: true, force: true });
}

/** Where the platform of `npm start` and of the tests says that it stands. */
export const LOCAL_URL = 'http://localhost:3000';

if (process.argv[1]?.endsWith('scripts/build.ts')) await buildAll({ publicUrl: LOCAL_URL });
