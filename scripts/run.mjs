/** `node scripts/run.mjs <script> …`: sets up what is missing, then runs the script with Node 24. */
import { run } from './setup.mjs';

const [, , script, ...args] = process.argv;
process.exit(run(script, args));
