/** Bundles every function and says how large each is. */
import { areas } from '../functions/registry.ts';
import { bundle, bundleFolder } from '../infra/bundle.ts';
import { declarationsOf } from '../infra/declarations.ts';

const started = performance.now();
const sizes = await bundle(declarationsOf(areas).map(({ id }) => id));
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`.padStart(8);
for (const { id, bytes } of sizes) console.log(`${kilobytes(bytes)}  ${id}`);
const median = sizes[Math.floor((sizes.length - 1) / 2)]?.bytes ?? 0;
console.log(
  `${kilobytes(median)}  median of ${sizes.length} functions, in ${bundleFolder}, after ${Math.round(performance.now() - started)} ms`,
);
