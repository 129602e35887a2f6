/**
 * `npm run audit:verify -- --from 2026-11-01 --to 2026-11-20`: proves that the audit trail of these days is unbroken, or names each entry that was
 * changed, removed, reordered or replaced. It reads a deployment (`--outputs
 * outputs.json`) with the caller's own credentials, by default the platform that runs on this machine.
 * `--export folder` also keeps what was read; `--folder folder` proves such a copy later, offline: `<day>.jsonl` with an entry on each
 * line, and `<day>.anchor.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Day, daysOf, fromDeployment, fromFolder, verify } from './audit-proof.ts';
import { outputsOf } from './outputs.ts';

const today = new Date().toISOString().slice(0, 10);
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: today },
    to: { type: 'string', default: today },
    outputs: { type: 'string' },
    folder: { type: 'string' },
    export: { type: 'string' },
  },
});
try {
  const { folder, export: target } = values;
  const read = folder === undefined ? fromDeployment(outputsOf(values.outputs)) : fromFolder(folder);
  const keep = (day: string, { entries, anchor }: Day) => {
    if (target === undefined) return;
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, `${day}.jsonl`), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    if (anchor) writeFileSync(join(target, `${day}.anchor.json`), JSON.stringify(anchor));
  };
  const whole = await verify(daysOf(values.from, values.to), read, { say: (line) => console.log(line), today, keep });
  process.exitCode = whole ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
