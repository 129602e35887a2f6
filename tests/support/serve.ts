/** A platform of its own for tests: runs the assembly on free ports and prints one line of JSON with its addresses. Ends with its parent. */
import { realpathSync } from 'node:fs';
import { startLocal } from '../../local/runner.ts';

process.env.TZ = 'UTC';
const [assembly = '', stateDir = '', ports = '{}'] = process.argv.slice(2);
const platform = await startLocal({
  // The link may move to a newer assembly while this one runs.
  assembly: realpathSync(assembly),
  stateDir,
  ports: JSON.parse(ports),
  quiet: !process.env.VERBOSE,
});
process.stdout.write(
  `${JSON.stringify({
    endpoint: platform.endpoint,
    web: platform.urls.web,
    partner: platform.urls.partner[0],
    outputs: platform.outputs,
    credentials: platform.credentials,
  })}\n`,
);
const stop = () => void platform.stop().then(() => process.exit(0));
process.on('SIGTERM', stop);
// The test process holds the other end of standard input: when it goes, however it goes, so do we.
process.stdin.on('close', stop).resume();
