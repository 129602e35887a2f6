/**
 * `npm run admin:create -- --email ada@example.com --name "Ada Lovelace" --outputs outputs.json`: makes the first administrator of a deployment;
 * without `--outputs`, of the platform that runs on this machine. The password is asked for in the environment variable ADMIN_PASSWORD, so that
 * it stands in no shell history; without it one is made and shown once.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Role, roles } from '../shared/permissions.ts';
import { createAccount, deploymentOf } from './create-account.ts';
import { outputsOf } from './outputs.ts';

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', default: 'admin' },
    outputs: { type: 'string' },
  },
});

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
const { email, name, role, outputs } = values;
if (!email || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) fail('--email must be an e-mail address.');
if (!name) fail('--name must say the person’s name.');
if (!roles.includes(role as Role)) fail(`--role must be one of ${roles.join(', ')}.`);

const given = process.env.ADMIN_PASSWORD;
// Base64url has letters and digits; the rest makes sure that every rule is met.
const password = given ?? `${randomBytes(15).toString('base64url')}aA1!`;
try {
  const deployment = deploymentOf(outputsOf(outputs));
  const { id, isNew } = await createAccount(deployment, { email, name, password, role: role as Role });
  if (!isNew) fail(`${email} has an account already (${id}). Nothing was changed.`);
  console.log(`Made ${role} ${email} (${id}).`);
  if (given === undefined) console.log(`Password, shown this once: ${password}`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
