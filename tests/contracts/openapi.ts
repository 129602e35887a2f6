/** The published description against the API as it is: a validating proxy stands between, and finds nothing to object to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../../functions/platform/testing/free-port.ts';
import { errorsOf } from '../../shared/contracts/contract.ts';
import { type Api, apiAt } from '../support/api.ts';
import { contracts, fixtureOf, rows, type Stage } from '../support/operations.ts';
import { newPerson, type Person } from '../support/people.ts';
import { platformOfFile, type RunningPlatform } from '../support/platform.ts';

let platform: RunningPlatform;
let stage: Stage;
let proxy: ChildProcess;
let base: string;

beforeAll(async () => {
  platform = await platformOfFile();
  stage = {
    platform,
    admin: await newPerson(platform, 'admin', 'Enterprise'),
    stranger: await newPerson(platform, 'enterprise'),
  };
  const port = await freePort();
  const prism = 'node_modules/@stoplight/prism-cli/dist/index.js';
  const options = ['proxy', 'openapi.json', `${platform.web}/api/v1`, '--host', '127.0.0.1', '--port', String(port)];
  proxy = spawn('node', [prism, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  proxy.stdout?.resume();
  base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${base}/health`).catch(() => undefined);
    if (answer?.ok) break;
    if (tries > 150) throw new Error('the proxy did not start');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}, 60_000);
afterAll(async () => {
  proxy?.kill();
  await platform?.stop();
});

interface Violation {
  location: string[];
  code?: string | number;
  message: string;
}
const known = new Set(['request', 'response']);
/** What the proxy objects to in the reply; in the request too, unless the request was meant to be wrong. */
async function objections(api: Api, call: Parameters<Api['call']>, meantWrong = false): Promise<string[]> {
  const reply = await api.call(...call);
  const violations: Violation[] = JSON.parse(reply.headers.get('sl-violations') ?? '[]');
  return violations
    .filter(({ location }) => !meantWrong || location[0] !== 'request')
    .map(
      ({ location, message }) =>
        `${call[0].id} ${reply.status}: ${known.has(location[0] ?? '') ? location.join('.') : location} ${message}`,
    );
}

describe('every operation takes and answers what the description says', () => {
  let shared: Person;
  beforeAll(async () => {
    shared = await newPerson(platform, 'admin');
  });
  test.each(rows(contracts))('%s', async (_, contract) => {
    const fixture = fixtureOf(contract);
    const caller = fixture.spendsCaller ? await newPerson(platform, 'admin') : shared;
    const input = await fixture.input(stage, caller);
    const signedIn = apiAt(base, { authorization: `Bearer ${caller.accessToken}` });
    expect(await objections(signedIn, [contract, input])).toEqual([]);
  });
});

describe('every refusal is one that the description names', () => {
  test.each(rows(contracts))('%s', async (_, contract) => {
    const found: string[] = [];
    const anonymous = apiAt(base);
    const signedIn = apiAt(base, { authorization: `Bearer ${stage.admin.accessToken}` });
    const { missing } = fixtureOf(contract);
    const params = missing?.params ?? (contract.example.params as Record<string, string> | undefined);
    if (contract.permission) found.push(...(await objections(anonymous, [contract, { ...missing, params }], true)));
    if (contract.body)
      found.push(...(await objections(signedIn, [contract, { params, body: { unknown: true } }], true)));
    if (missing && errorsOf(contract).includes('ENTITY_NOT_FOUND'))
      found.push(...(await objections(signedIn, [contract, missing], true)));
    expect(found).toEqual([]);
  });
});
