/**
 * Every operation × every role, nobody and a suspended administrator × what is one's own, somebody else's and nobody's: generated from
 * the contracts and the grants of the roles. What is foreign looks exactly like what never was.
 */
import type { Contract } from '../../shared/contracts/contract.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { errorTable } from '../../shared/errors.ts';
import { isStaff, type Role, roles, scopeOf } from '../../shared/permissions.ts';
import { type Api, apiAt, type Reply } from '../support/api.ts';
import { contracts, fixtureOf, fixtures, type Input, rows, type Stage } from '../support/operations.ts';
import { newPerson, onePersonEach, type Person, signIn, suspend } from '../support/people.ts';
import { platformOfFile, type RunningPlatform } from '../support/platform.ts';
import { newProduct } from '../support/products.ts';

let platform: RunningPlatform;
let people: Record<Role, Person>;
let suspended: Person;
let stage: Stage;
let nobody: Api;
beforeAll(async () => {
  platform = await platformOfFile();
  people = await onePersonEach(platform);
  suspended = await newPerson(platform, 'admin');
  await suspend(platform, suspended);
  stage = { platform, admin: people.admin, stranger: await newPerson(platform, 'enterprise') };
  nobody = apiAt(`${platform.web}/api/v1`);
}, 60_000);
afterAll(() => platform?.stop());

const withPermission = contracts.filter(({ permission }) => permission);
const refusal = ({ status, json }: Reply) => ({ status, error: json.error });
const meaning = (reply: Reply) => `${reply.status}${reply.code ? ` ${reply.code}` : ''}`;
const FORBIDDEN = `${errorTable.FORBIDDEN.status} FORBIDDEN`;
const UNAUTHENTICATED = `${errorTable.UNAUTHENTICATED.status} UNAUTHENTICATED`;
const NOT_FOUND = `${errorTable.ENTITY_NOT_FOUND.status} ENTITY_NOT_FOUND`;

test('every operation has a fixture, and every fixture its operation', () => {
  expect(Object.keys(fixtures).sort()).toEqual(contracts.map(({ id }) => id).sort());
});

test('whoever operates on one entity says what a missing one is', () => {
  const named = contracts.filter(({ permission, params }) => permission && params);
  expect(named.filter((contract) => !fixtureOf(contract).missing).map(({ id }) => id)).toEqual([]);
});

describe.each(rows(withPermission))('%s', (_, contract) => {
  const fixture = fixtureOf(contract);
  const permission = contract.permission as NonNullable<Contract['permission']>;
  let strangers: Input | undefined;
  /** Something of somebody else's: what was only refused is as good as new. */
  const notTheirs = async () => {
    strangers ??= await fixture.input(stage, stage.stranger);
    return strangers;
  };

  test('is for those who are signed in and active', async () => {
    const input = await notTheirs();
    for (const api of [nobody, suspended.api]) {
      const replies = [
        await api.call(contract, input),
        ...(fixture.missing ? [await api.call(contract, fixture.missing)] : []),
      ];
      for (const reply of replies) {
        expect(meaning(reply)).toBe(UNAUTHENTICATED);
        expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  test.each(roles)('answers %s as the grants of the role say', async (role) => {
    const caller = fixture.spendsCaller ? await newPerson(platform, role) : people[role];
    const scope = scopeOf(role, permission);
    const own = fixture.canOwn?.(caller) === false ? undefined : await fixture.input(stage, caller);
    const foreign = fixture.missing && (await notTheirs());
    const success = String(contract.success);

    if (scope === undefined) {
      for (const input of [own, foreign, fixture.missing]) {
        if (!input) continue;
        const reply = await caller.api.call(contract, input);
        expect(meaning(reply)).toBe(FORBIDDEN);
        expect(reply.json.error.details).toEqual({ permission });
      }
      return;
    }
    if (own) {
      const reply = await caller.api.call(contract, own);
      expect(meaning(reply)).toBe(success);
      if (fixture.isOwn && scope === 'own')
        expect(reply.json.data.filter((item: unknown) => !fixture.isOwn?.(item, caller))).toEqual([]);
    }
    if (!fixture.missing || !foreign) return;
    const other = await caller.api.call(contract, foreign);
    if (scope === 'any') strangers = undefined;
    const missing = await caller.api.call(contract, fixture.missing);
    expect(meaning(missing)).toBe(NOT_FOUND);
    if (scope === 'any') expect(meaning(other)).toBe(success);
    else expect(refusal(other)).toEqual(refusal(missing));
  });
});

describe.each(rows(contracts.filter((contract) => contract.public)))('%s', (_, contract) => {
  test('is open to everybody, as its contract says why', async () => {
    expect(contract.public?.length).toBeGreaterThan(20);
    const fixture = fixtureOf(contract);
    const sessions = await Promise.all(
      roles.map((role) => (fixture.spendsCaller ? signIn(platform, people[role].email) : people[role])),
    );
    // All at once: what says nothing about accounts by its time waits for even times.
    await Promise.all(
      [nobody, suspended.api, ...sessions.map(({ api }) => api)].map(async (api) => {
        const input = await fixture.input(stage, stage.stranger);
        expect(meaning(await api.call(contract, input))).toBe(String(contract.success));
      }),
    );
  }, 60_000);
});

test.each(roles)(
  'what is not published does not exist for %s, unless it is their own or they are staff',
  async (role) => {
    const caller = people[role];
    const hidden = await newProduct(stage.stranger.api, 10, { status: 'draft' });
    const reply = await caller.api.call(getProduct, { params: { id: hidden } });
    if (isStaff(role)) return expect(meaning(reply)).toBe('200');
    expect(refusal(reply)).toEqual(
      refusal(await caller.api.call(getProduct, fixtures['products.get-product']?.missing)),
    );
    expect(meaning(await stage.stranger.api.call(getProduct, { params: { id: hidden } }))).toBe('200');
  },
);
