/** Rebuilds and applies what changes in the sources, one build at a time; a broken build is told and the last good one runs on. */
import { existsSync, watch } from 'node:fs';

/** Folders whose files make up the application. */
const sources = ['functions', 'shared', 'events', 'infra', 'web'];
const ignored = /(^|[\\/])(node_modules|out|\.next|snapshots|next-env\.d\.ts)([\\/]|$)|\.test\.tsx?$|~$|\.swp$/;
/** Editors write a file in several steps, and branches change many files at once. */
const QUIET_MS = 250;

/** Calls `apply` after each change; never two at a time. Stops with the process. */
export function watchSources(apply: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await apply().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
    } while (again);
    running = false;
  };
  for (const folder of sources.filter((path) => existsSync(path))) {
    watch(folder, { recursive: true }, (_, file) => {
      if (file === null || ignored.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), QUIET_MS);
    });
  }
}
