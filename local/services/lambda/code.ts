/** Where a function's code lies: CDK's asset folder as it is; a zip file or inline code unpacked into the state folder. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../../types.ts';
import { unzip } from './unzip.ts';

/** Absolute folder of the code. Throws when the template names code that is not in the assembly. */
export function codeFolder(code: JsonObject, assetPath: string | undefined, stateDir: string): string {
  if (typeof code.ZipFile === 'string') {
    return unpack(stateDir, Buffer.from(code.ZipFile), () => [
      { name: 'index.js', content: Buffer.from(code.ZipFile as string) },
    ]);
  }
  if (assetPath === undefined || !existsSync(assetPath)) {
    throw new Error(`The code ${JSON.stringify(code)} is no asset of this assembly`);
  }
  if (statSync(assetPath).isDirectory()) return assetPath;
  const archive = readFileSync(assetPath);
  return unpack(stateDir, archive, () => unzip(archive));
}

function unpack(stateDir: string, source: Buffer, files: () => { name: string; content: Buffer }[]): string {
  const folder = join(stateDir, 'code', createHash('sha256').update(source).digest('hex').slice(0, 32));
  const complete = join(folder, '.complete');
  if (existsSync(complete)) return folder;
  for (const { name, content } of files()) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  // Inline code is CommonJS, whatever the project around the state folder says.
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"type":"commonjs"}');
  writeFileSync(complete, '');
  return folder;
}
