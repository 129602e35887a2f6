/**
 * Thousands of generated bad requests over all operations: none makes the service fail, each refusal says which fields are wrong, and every
 * reply is a proper one. The seed is printed; BAD_INPUT_SEED repeats a run.
 */
import fc from 'fast-check';
import { type Contract, pathOf } from '../../shared/contracts/contract.ts';
import { errorTable } from '../../shared/errors.ts';
import { contracts } from '../support/operations.ts';
import { newPerson, type Person } from '../support/people.ts';
import { platformOfFile, type RunningPlatform } from '../support/platform.ts';
import { closeRaw, type RawReply, rawRequest } from '../support/raw.ts';

const REQUESTS = 5_000;
const AT_ONCE = 16;
const seed = Number(process.env.BAD_INPUT_SEED ?? 20_261_121);

let platform: RunningPlatform;
let admin: Person;
beforeAll(async () => {
  platform = await platformOfFile();
  admin = await newPerson(platform, 'admin');
}, 60_000);
afterAll(async () => {
  closeRaw();
  await platform?.stop();
});

interface Bad {
  contract: Contract;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
  fc.constantFrom(
    ...['', ' ', 'null', '0', '-1', '1e999', 'NaN', '__proto__', 'constructor', '../../etc/passwd', '%00', '\u0000'],
    ...["' OR 1=1 --", '<script>alert(1)</script>', '${jndi:ldap://x}', '\ud800', '🦄'.repeat(200), 'x'.repeat(10_000)],
    ...['2026-02-30', '9999-99-99', '-', '1.000000001', '00', '١٢٣', 'A\u0301', '\u202e', 'USER#1', 'a#b', '"', "'"],
  ),
);
const anyJson = fc.oneof(
  { weight: 2, arbitrary: nasty },
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], [null], { a: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const fuzz = fc.stringMatching(/^[\x20-\x7e]{0,60}$/);
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** A body after one or more of its members went wrong. */
function spoiled(body: object): fc.Arbitrary<unknown> {
  const members = Object.keys(body);
  const name = members.length > 0 ? fc.constantFrom(...members) : nasty;
  const step = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), name, value: anyJson }),
    fc.record({ kind: fc.constant('drop' as const), name }),
    fc.record({ kind: fc.constant('add' as const), name: nasty, value: anyJson }),
  );
  return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => {
    const changed = new Map<string, unknown>(Object.entries(body));
    for (const one of steps) {
      if (one.kind === 'drop') changed.delete(one.name);
      else changed.set(one.name, one.value);
    }
    return Object.fromEntries(changed);
  });
}

function bodyOf(contract: Contract): fc.Arbitrary<string | Buffer | undefined> {
  const example = contract.example.body ?? {};
  if (contract.method === 'GET') return fc.constant(undefined);
  return fc.oneof(
    { weight: 6, arbitrary: spoiled(example).map((body) => JSON.stringify(body)) },
    { weight: 2, arbitrary: anyJson.map((body) => JSON.stringify(body)) },
    fc.constantFrom<string | Buffer | undefined>(
      ...[undefined, '', '{', '{"a":}', 'null', '[]', '"', '{"__proto__":{"role":"admin"}}', deep(5_000), '\ufeff{}'],
      ...['{"a":1,"a":2}', `{"a":"${'x'.repeat(300_000)}"}`, `[${'1,'.repeat(50_000)}1]`, '{"\\u005f_proto__":1}'],
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      Buffer.from('{"name":"ä"}', 'latin1'),
    ),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
}

function queryOf(contract: Contract): fc.Arbitrary<string> {
  const known = Object.keys((contract.query as { shape?: object } | undefined)?.shape ?? {});
  const name = fc.oneof(fc.constantFrom('fields', 'expand', 'cursor', 'page', 'limit', ...known), nasty);
  const pair = fc
    .tuple(name, fc.oneof(nasty, fc.constantFrom('0', '10001', '-1', 'bm90LWEtY3Vyc29y', 'e30', 'true', 'desc')))
    .map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: pair }, fc.constantFrom('%', '%zz', '&&', '=', '%ff=%fe', '?')), {
      maxLength: 4,
    })
    .map((pairs) => pairs.join('&'));
}
const encode = (text: string) => encodeURIComponent(text.toWellFormed().slice(0, 300).toWellFormed());

const bad: fc.Arbitrary<Bad> = fc.constantFrom(...contracts).chain((contract) => {
  const params = fc.record(
    Object.fromEntries(
      Object.entries(contract.example.params ?? {}).map(([name, value]) => [
        name,
        fc.oneof(
          { weight: 2, arbitrary: fc.constant(value) },
          nasty.map((text) => text.toWellFormed()).filter((text) => /[^.]/.test(text) && text.length < 200),
        ),
      ]),
    ),
  );
  const header = <T>(weight: number, ...values: [T, ...T[]]) =>
    fc.oneof({ weight, arbitrary: fc.constant(undefined) }, fc.oneof(fc.constantFrom(...values), fuzz));
  const headers = fc.record({
    'content-type': fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      fc.constantFrom(
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/json; charset=latin1',
        '',
        'x',
      ),
    ),
    accept: header(6, '*/*', 'application/xml', 'text/csv', 'application/problem+json', 'image/png', ';;;', 'a/b;q=x'),
    'idempotency-key': header(6, 'k', '"k"', '', 'x'.repeat(300)),
    'if-match': header(8, '*', '"1"', 'W/"1"', '1'),
    'if-none-match': header(8, '*', '"1"', '1, 2'),
    'api-version': header(12, '2026-11-01', '1999-01-01', ''),
    'accept-encoding': header(4, 'gzip', 'br', '*', 'identity;q=0', ';q='),
    authorization: fc.oneof(
      { weight: 12, arbitrary: fc.constant('admin') },
      fc.constantFrom(undefined, 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic dTpw', `Bearer ${'x'.repeat(3_000)}`),
    ),
    cookie: header(12, '__Host-mewayz-access=x', '__Host-mewayz-access=', ';;=;', '='),
    'x-request-id': header(8, 'a', 'x'.repeat(200), 'valid-request-id'),
  });
  const method = fc.oneof(
    { weight: 14, arbitrary: fc.constant(contract.method as string) },
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  );
  return fc.record({ params, query: queryOf(contract), headers, body: bodyOf(contract), method }).map((made) => ({
    contract,
    method: made.method,
    path: `${pathOf(contract, made.params)}${made.query ? `?${made.query}` : ''}`,
    headers: Object.fromEntries(
      Object.entries(made.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    body: made.method === 'GET' || made.method === 'HEAD' ? undefined : made.body,
  }));
});

/** What is wrong with a reply; nothing when it is a proper one. */
function faultsOf({ contract, method, headers: sent }: Bad, { status, headers, body }: RawReply): string[] {
  const faults: string[] = [];
  const fault = (condition: boolean, what: string) => condition && faults.push(what);
  // It tells whether everything behind it is quick enough, also on a machine that has much to do.
  const mayBeBusy = contract.id === 'system.ready' && status === 503;
  fault((status >= 500 && !mayBeBusy) || status < 200, `status ${status}`);
  for (const name of [
    'x-content-type-options',
    'strict-transport-security',
    'content-security-policy',
    'referrer-policy',
    'x-frame-options',
    'permissions-policy',
  ]) {
    fault(headers[name] === undefined, `no ${name}`);
  }
  fault(!headers['x-request-id'], 'no x-request-id');
  if (status < 400 || method === 'HEAD' || headers['content-encoding']) return faults;
  const type = String(headers['content-type']);
  if (type.startsWith('application/xml')) {
    fault(!/^<\?xml/.test(body.toString()), 'no XML');
    return faults;
  }
  let json: Record<string, never>;
  try {
    json = JSON.parse(body.toString());
  } catch {
    return [...faults, `no JSON: ${body.toString().slice(0, 100)}`];
  }
  const isProblem = type.startsWith('application/problem+json');
  fault(!isProblem && !type.startsWith('application/json'), `content type ${type} for Accept ${sent.accept}`);
  const { code, details } = (isProblem ? json : ((json as { error?: object }).error ?? {})) as {
    code?: keyof typeof errorTable;
    details?: { fields?: { path: string; message: string }[] };
  };
  fault(!code || errorTable[code]?.status !== status, `code ${code} with status ${status}`);
  fault(!isProblem && (json as { success?: boolean }).success !== false, 'success is not false');
  if (code === 'VALIDATION_ERROR') {
    const fields = (isProblem ? (json as { details?: typeof details; fields?: never }).details : details)?.fields ?? [];
    fault(fields.length === 0, 'names no field');
    fault(
      !fields.every(({ path, message }) => /^(params|query|headers|body)/.test(path) && message),
      'a field without path',
    );
  }
  fault(
    /node_modules|\.ts:|\bat \w+ \(|AccessDenied|dynamodb|arn:aws/i.test(body.toString()),
    'leaks something internal',
  );
  return faults;
}

test(`${REQUESTS} bad requests: no failure, every refusal names its fields (seed ${seed})`, async () => {
  const requests = fc.sample(bad, { numRuns: REQUESTS, seed });
  const failures: string[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < requests.length; index = next++) {
      const request = requests[index] as Bad;
      const headers = { ...request.headers };
      if (headers.authorization === 'admin') headers.authorization = `Bearer ${admin.accessToken}`;
      // Each from an address of its own, so that no limit per address hides what is behind it.
      const from = `127.${1 + (index % 200)}.${(index >> 8) % 200}.${1 + (index % 250)}`;
      const what = `${request.method} ${request.path.slice(0, 200)} ${JSON.stringify(request.headers).slice(0, 300)} ${String(request.body).slice(0, 200)}`;
      try {
        const reply = await rawRequest(platform.web, `/api/v1${request.path}`, { ...request, headers, from });
        statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
        const faults = faultsOf(request, reply);
        if (faults.length > 0)
          failures.push(`${faults.join(', ')}: ${what} → ${reply.status} ${reply.body.toString().slice(0, 200)}`);
      } catch (error) {
        failures.push(`no reply (${error}): ${what}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect([failures.length, failures.slice(0, 10)]).toEqual([0, []]);
  // They were bad, and of many kinds.
  expect(statuses['400']).toBeGreaterThan(REQUESTS / 4);
  for (const status of [401, 404, 405, 406, 413, 415]) expect([status, statuses[status] ?? 0]).not.toEqual([status, 0]);
  expect((await rawRequest(platform.web, '/api/v1/health')).status).toBe(200);
}, 900_000);
