/** `npm start`: sets up what is missing, then runs scripts/start.ts with Node 24. Signals go on to it, so that Ctrl-C ends all. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const { node, env } = setUp();
const child = spawn(node, [join(root, 'scripts/start.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
