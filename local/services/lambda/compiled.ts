/**
 * Loads a CommonJS module with what V8 compiled of it, as that stood when the module had served an event. Node's own compile cache keeps what
 * there was before anything ran, so that every new thread compiles again whatever its first event calls: a fifth of the processor time of a
 * thread's start.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

const HASH_BYTES = 32;
const PARAMETERS = '(function (exports, require, module, __filename, __dirname) {';

export interface Compiled {
  exports: Record<string, unknown>;
  /** Keeps for the next thread what is compiled by now, unless enough of it was kept before. */
  keep(): void;
}

/** `file` is absolute; `kept` is the file that holds what was compiled: for other code or another Node, it is as if it were not there. */
export function loadCompiled(file: string, kept: string): Compiled {
  const source = readFileSync(file, 'utf8');
  const hash = createHash('sha256').update(source).digest();
  const cachedData = readKept(kept, hash);
  const script = new Script(`${PARAMETERS}${source}\n})`, {
    filename: file,
    // Places in the first line, which in a minified bundle is the only one, are those of the file.
    columnOffset: -PARAMETERS.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} as Record<string, unknown>, filename: file, id: file };
  script.runInThisContext().call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  const isKept = cachedData !== undefined && !script.cachedDataRejected;
  return {
    exports: module.exports,
    keep: () => {
      if (!isKept) write(kept, () => Buffer.concat([hash, script.createCachedData()]));
    },
  };
}

function readKept(kept: string, hash: Buffer): Buffer | undefined {
  try {
    const content = readFileSync(kept);
    return content.subarray(0, HASH_BYTES).equals(hash) ? content.subarray(HASH_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

/** In one step, as other threads and platforms read it; without it, everything works and takes longer. */
function write(kept: string, content: () => Buffer): void {
  const part = `${kept}.${process.pid}-${threadId}`;
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(part, content());
    renameSync(part, kept);
  } catch {
    return;
  }
}
