/** Every operation that changes something × every way in which a page of somebody else could send it: refused. */

import type { DeclaredHandler, FunctionDeclaration, HttpDeclaration } from '../functions/platform/declaration.ts';
import { apiEvent, lambdaContext } from '../functions/platform/http/testing.ts';
import { type Operations, startOperations } from '../functions/platform/testing/operations.ts';
import { areas } from '../functions/registry.ts';
import { handler as unknownRoute } from '../functions/system/unknown-route.ts';
import { pathOf } from '../shared/contracts/contract.ts';

let platform: Operations;
beforeAll(async () => {
  platform = await startOperations();
});
afterAll(() => platform.stop());

const handlers: DeclaredHandler<FunctionDeclaration>[] = Object.values(areas).flatMap((area) => Object.values(area));
const changing = handlers.flatMap((handler) => {
  const { declaration } = handler;
  return declaration.kind === 'http' && declaration.contract.method !== 'GET'
    ? [[declaration.id, handler as DeclaredHandler<HttpDeclaration>] as const]
    : [];
});

describe.each(changing)('%s by the cookie of an administrator', (_, handler) => {
  const { contract } = handler.declaration;
  const example = contract.example.body;
  const form = 'a=b&c=d';
  test.each<[string, Record<string, string>, unknown]>([
    ['no origin', {}, example],
    ['a foreign origin', { origin: 'https://evil.example.com' }, example],
    ['an opaque origin', { origin: 'null' }, example],
    ['a sibling site', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' }, example],
    ['another site', { 'sec-fetch-site': 'cross-site' }, example],
    ['text/plain', { origin: 'https://app.example.com', 'Content-Type': 'text/plain' }, JSON.stringify(example ?? {})],
    ['a form', { origin: 'https://app.example.com', 'Content-Type': 'application/x-www-form-urlencoded' }, form],
    [
      'a form with a file',
      { origin: 'https://app.example.com', 'Content-Type': 'multipart/form-data; boundary=x' },
      form,
    ],
  ])('is refused from %s', async (_from, headers, body) => {
    const admin = await platform.person('admin');
    const cookie = `__Host-mewayz-access=${platform.token(admin)}`;
    const reply = await platform.call(handler, {
      headers: { cookie, ...headers },
      body,
      ...(contract.example.params && { params: contract.example.params }),
    });
    expect([reply.status, reply.json.error?.code]).toEqual([403, 'CSRF_REFUSED']);
  });
});

describe('by GET, which a link or an image of another site can send', () => {
  const reading = handlers.flatMap(({ declaration }) =>
    declaration.kind === 'http' && declaration.contract.method === 'GET' ? [declaration] : [],
  );
  const paths = new Set(reading.map(({ contract }) => contract.path));

  test('an operation may change nothing: it has no right to', () => {
    // The adapter's own counters of rate limits apart, which name themselves so.
    const isAdapters = (name: string) => name.startsWith('http:');
    const reads = /^(get|batchGet|query)(:|$)/;
    const changes = reading.flatMap(({ id, access }) =>
      Object.entries(access.table ?? {})
        .filter(([name]) => !isAdapters(name))
        .flatMap(([, { actions }]) =>
          actions.filter((action) => !reads.test(action)).map((action) => `${id} ${action}`),
        ),
    );
    expect(reading.length).toBeGreaterThan(20);
    expect(changes).toEqual([]);
    const acting = reading.filter(({ access }) => access.identity ?? access.mail ?? access.publish ?? access.anchor);
    expect(acting.map(({ id }) => id)).toEqual([]);
  });

  test('what changes something is not found, unless reading it is an operation of its own', async () => {
    const admin = await platform.person('admin');
    const cookie = `__Host-mewayz-access=${platform.token(admin)}`;
    for (const [, { declaration }] of changing) {
      const { contract } = declaration;
      if (paths.has(contract.path)) continue;
      const path = pathOf(contract, contract.example.params);
      const event = apiEvent({ method: 'GET', path, headers: { cookie } });
      const { statusCode } = (await unknownRoute(event as never, lambdaContext as never)) as { statusCode: number };
      expect([contract.id, statusCode]).toEqual([contract.id, 405]);
    }
  });
});
