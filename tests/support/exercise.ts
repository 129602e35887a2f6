/** Uses every operation in every way that needs other rights: both faces, with a key and repeated, refused input, every sort and filter. */
import type { Contract } from '../../shared/contracts/contract.ts';
import { idempotencyOf } from '../../shared/contracts/contract.ts';
import { cancelOrder } from '../../shared/contracts/orders/cancel-order.ts';
import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { deleteProduct } from '../../shared/contracts/products/delete-product.ts';
import { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { type Api, apiAt, dataOf } from './api.ts';
import { eventually, isAtRest } from './observe.ts';
import { contracts, fixtureOf, type Stage } from './operations.ts';
import { newPartner } from './partner.ts';
import { newPerson, type Person, password, signIn } from './people.ts';
import { newProduct } from './products.ts';

export async function exerciseEverything(stage: Stage): Promise<void> {
  const { platform, admin } = stage;
  const partner = await newPartner(platform, admin);
  for (const contract of contracts) {
    // A session of its own for each: signing out is one of the operations.
    const { spendsCaller } = fixtureOf(contract);
    const spent = spendsCaller ? await newPerson(platform, 'admin') : undefined;
    const { api } = spent ?? (await signIn(platform, admin.email));
    for (const face of contract.partner ? [api, partner] : [api])
      await callTwice(face, contract, stage, spent ?? admin);
  }
  await Promise.all([edits(stage), orders(stage), accounts(stage), lists(stage), standing(stage)]);
  await eventually('all reactions are done', () => isAtRest(platform), { withinMs: 30_000 });
}

/** Once as it should be and once more with the same key; a POST also with a body that is refused. */
async function callTwice(api: Api, contract: Contract, stage: Stage, owner: Person): Promise<void> {
  const input = await fixtureOf(contract).input(stage, owner);
  if (idempotencyOf(contract) === 'none') {
    dataOf(await api.call(contract, input));
    return;
  }
  const headers = { 'idempotency-key': crypto.randomUUID() };
  dataOf(await api.call(contract, { ...input, headers }));
  dataOf(await api.call(contract, { ...input, headers }));
  await api.call(contract, { ...input, body: { unknown: true }, headers: { 'idempotency-key': crypto.randomUUID() } });
}

/** Every field of a product that something hangs on: stock code, stock, name, state. */
async function edits({ admin: { api } }: Stage): Promise<void> {
  const id = await newProduct(api, 3, { sku: 'EX-1', tags: ['exercise'] });
  const change = async (body: object) => dataOf(await api.call(updateProduct, { params: { id }, body }));
  await change({ sku: 'EX-2' });
  await change({ sku: null, inventory: { stock: 0 } });
  await change({ sku: 'EX-3', name: 'Another name', status: 'archived' });
  dataOf(await api.call(deleteProduct, { params: { id } }));
  const taken = { name: 'Twice', price: '1.00', category: 'home', sku: 'EX-4' };
  dataOf(await api.call(createProduct, { body: taken }));
  await api.call(createProduct, { body: taken });
}

/** Stock runs out, the sold-out order is asked for again by its key, and comes back when it is cancelled. */
async function orders({ platform, admin: { api } }: Stage): Promise<void> {
  const productId = await newProduct(api, 6);
  const order = { body: { lines: [{ productId, quantity: 6 }] }, headers: { 'idempotency-key': 'the-last-six' } };
  const { id } = dataOf(await api.call(placeOrder, order));
  dataOf(await api.call(placeOrder, order));
  await eventually('the list shows what is sold out', () => isAtRest(platform), { withinMs: 30_000 });
  dataOf(await api.call(cancelOrder, { params: { id }, body: {} }));
}

/** Addresses and usernames that are taken, codes asked for again, sign-ins that fail. */
async function accounts({ platform }: Stage): Promise<void> {
  const api = apiAt(`${platform.web}/api/v1`);
  const body = {
    name: 'Eve',
    email: 'eve@exercise.test',
    username: 'eve.exercise',
    password,
    confirmPassword: password,
    acceptTerms: true,
  };
  dataOf(await api.send('/auth/register', { method: 'POST', body }));
  dataOf(await api.send('/auth/register', { method: 'POST', body: { ...body, username: undefined } }));
  await api.send('/auth/register', { method: 'POST', body: { ...body, email: 'eve2@exercise.test' } });
  dataOf(await api.send('/auth/resend-code', { method: 'POST', body: { email: body.email } }));
  await api.send('/auth/confirm', { method: 'POST', body: { email: body.email, code: '000000' } });
  await api.send('/auth/login', { method: 'POST', body: { email: body.email, password: 'not it' } });
}

/** Administrators come and go, usernames change hands, a rotated refresh token comes again. */
async function standing({ platform, admin: { api } }: Stage): Promise<void> {
  const person = await newPerson(platform, 'admin');
  const path = `/users/${person.id}`;
  const change = async (method: string, below: string, body?: object) =>
    dataOf(await api.send(`${path}${below}`, { method, body }));
  await change('POST', '/suspend', {});
  await change('POST', '/activate', {});
  await change('PUT', '/role', { role: 'manager' });
  await change('PUT', '/role', { role: 'admin' });
  await change('PATCH', '', { username: 'exercise.one' });
  await change('PATCH', '', { username: 'exercise.two' });
  await change('PUT', '', { name: 'Exercised', username: 'exercise.three', marketingConsent: false });
  await change('DELETE', '');
  await change('POST', '/restore', {});
  const another = await newPerson(platform, 'user');
  const refresh = () => api.send('/auth/refresh', { method: 'POST', body: { refreshToken: another.refreshToken } });
  dataOf(await refresh());
  // Past the pool's grace, a repeat is a theft.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  await refresh();
}

/** Every list by every sort, and what its filters lead to. */
async function lists({ admin }: Stage): Promise<void> {
  const filters: Record<string, Record<string, string>[]> = {
    'products.list-products': [
      { search: 'light' },
      { category: 'lighting' },
      { tag: 'exercise' },
      { inStock: 'false' },
      { status: 'published' },
      { creator: 'me' },
      { expand: 'inventory' },
    ],
    'orders.list-orders': [{ search: 'MW' }, { status: 'pending' }, { user: admin.id }, { minTotal: '1' }],
    'users.list-users': [{ search: 'admin' }, { role: 'admin' }, { plan: 'Free' }, { status: 'active' }],
  };
  for (const contract of contracts.filter(({ list }) => list)) {
    for (const sort of contract.list?.sorts ?? []) {
      for (const filter of [{}, ...(filters[contract.id] ?? [])])
        await admin.api.call(contract, { query: { sort, ...filter } });
    }
  }
}
