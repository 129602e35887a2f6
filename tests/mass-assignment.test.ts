/** No member that a contract does not declare gets anywhere: every operation that takes something × every depth of its body. */
import type { DeclaredHandler, FunctionDeclaration, HttpDeclaration } from '../functions/platform/declaration.ts';
import { type Operations, startOperations } from '../functions/platform/testing/operations.ts';
import { areas } from '../functions/registry.ts';

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

/** What nobody may write of themselves, and what the platform keeps beside an entity. */
const coveted = {
  id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  role: 'admin',
  plan: 'Enterprise',
  status: 'active',
  emailVerifiedAt: '2026-01-01T00:00:00Z',
  mfaEnabled: true,
  version: 99,
  createdBy: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  deletedAt: null,
  pk: 'USER#1',
  events: [],
  undeclared: true,
};
type Members = Record<string, unknown>;

/** The body once per object in it, with every coveted member there that it has not: the paths of these, and the body. */
function withMembers(body: Members): [paths: string[], body: Members][] {
  const found: [string[], Members][] = [];
  const visit = (part: unknown, path: string, steps: readonly string[]) => {
    if (typeof part !== 'object' || part === null) return;
    const entries = Object.entries(part);
    if (!Array.isArray(part)) {
      const copy = structuredClone(body);
      const place = steps.reduce<Members>((at, step) => at[step] as Members, copy);
      const names = Object.keys(coveted).filter((name) => !Object.hasOwn(place, name));
      for (const name of names) place[name] = coveted[name as keyof typeof coveted];
      found.push([names.map((name) => `${path}.${name}`), copy]);
    }
    for (const [key, item] of entries)
      visit(item, Array.isArray(part) ? `${path}[${key}]` : `${path}.${key}`, [...steps, key]);
  };
  visit(body, 'body', []);
  return found;
}

/** Members of the coveted names that objects inside of a body declare. */
const declaredDeeper: Readonly<Record<string, RegExp>> = { 'users.invite-users': /^body\.users\[\d\]\.(role|plan)$/ };

let address = 0;
test.each(changing)('%s takes no member that it does not declare', async (_, handler) => {
  const { contract } = handler.declaration;
  const declared = new Set(Object.keys(contract.body?.shape ?? {}).map((name) => `body.${name}`));
  const stuck: string[] = [];
  for (const [paths, body] of withMembers({ ...contract.example.body })) {
    const reply = await platform.call(handler, {
      as: await platform.person('admin'),
      ip: `10.0.0.${++address}`,
      body,
      ...(contract.example.params && { params: contract.example.params }),
    });
    const problems: { path: string }[] = reply.json.error?.details?.fields ?? [];
    const named = new Set(problems.map(({ path }) => path));
    const isDeclared = (path: string) => declared.has(path) || declaredDeeper[contract.id]?.test(path);
    const undeclared = contract.body ? paths.filter((path) => !isDeclared(path)) : ['body'];
    stuck.push(...undeclared.filter((path) => !named.has(path)).map((path) => `${path} → ${reply.status}`));
  }
  expect(stuck).toEqual([]);
});

test('what a person is and may is declared by no operation but those that staff has for it', () => {
  const kept = ['role', 'plan', 'status', 'emailVerifiedAt', 'mfaEnabled', 'mustEnrol', 'suspendedAt', 'version'];
  const declaring = changing.flatMap(([id, { declaration }]) => {
    const names = Object.keys(declaration.contract.body?.shape ?? {}).filter((name) => kept.includes(name));
    return /^(auth|users)\./.test(id) ? names.map((name) => [id, name, declaration.contract.permission]) : [];
  });
  // Nobody but staff has these rights, and nobody uses them on themselves (contracts/authorization.ts, standing.test.ts).
  expect(declaring.sort()).toEqual([
    // A wish: the account begins as Free all the same (register.test.ts).
    ['auth.register', 'plan', undefined],
    ['users.invite-user', 'plan', 'users:create'],
    ['users.invite-user', 'role', 'users:create'],
    ['users.set-plan', 'plan', 'users:grant'],
    ['users.set-role', 'role', 'users:grant'],
  ]);
});
