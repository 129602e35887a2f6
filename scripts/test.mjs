/** `npm test`: sets up what is missing, then runs scripts/test.ts with Node 24. */
import { run } from './setup.mjs';

process.exit(run('scripts/test.ts', process.argv.slice(2)));
