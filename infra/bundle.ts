/**
 * Bundles every function with ONE esbuild call. Measured for this platform: CommonJS, CommonJS-or-ESM sources by
 * `module` first, minified, with the SDK inside, starts fastest.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { entryOf } from './declarations.ts';

export const bundleFolder = 'dist/functions';

/** How every function is bundled. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // What is left of `import()` are modules of Node itself, which the SDK asks for. As ES modules they have all their exports evaluated, and that of
  // `node:http` loads a client that nobody uses: a quarter of a start.
  supported: { 'dynamic-import': false },
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './functions/platform/lambda-credentials.ts' },
  loader: { '.wasm': 'binary' },
  legalComments: 'none',
  charset: 'utf8',
} satisfies BuildOptions;

export interface BundleSize {
  readonly id: string;
  /** Minified bytes, before compression. */
  readonly bytes: number;
}

/**
 * Writes `<folder>/<id>/index.js` for each id and removes bundles of functions that are no more. The same sources
 * always give the same bytes. Throws with esbuild's messages when a source does not bundle.
 */
export async function bundle(ids: readonly string[], folder = bundleFolder): Promise<BundleSize[]> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!ids.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
  const result = await build({
    entryPoints: ids.map((id) => ({ in: entryOf(id), out: `${id}/index` })),
    outdir: folder,
    ...bundleOptions,
    metafile: true,
    logLevel: 'warning',
  });
  return Object.entries(result.metafile.outputs)
    .map(([path, output]) => ({ id: path.split('/').at(-2) as string, bytes: output.bytes }))
    .sort((a, b) => a.bytes - b.bytes);
}
