import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform, startUserPool, type UserPool } from '../bench/platform.ts';
import { orders } from '../functions/orders/order.table.ts';
import { grant } from '../functions/platform/entity.ts';
import { env } from '../functions/platform/env.ts';
import type { Operations } from '../functions/platform/testing/operations.ts';
import { idFromDigest } from '../shared/ids.ts';
import type { DemoOrder } from './dataset.ts';
import { loadYear, shiftOf } from './year.ts';

let platform: Operations;
let pool: UserPool;
let stateDir: string;
beforeAll(async () => {
  platform = await startPlatform();
  pool = await startUserPool();
  await pool.use();
  stateDir = mkdtempSync(join(tmpdir(), 'demo-year-'));
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
  rmSync(stateDir, { recursive: true });
});

const product = 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0';
const order = (invoice: string, at: string): DemoOrder => ({
  invoice,
  customer: '12923',
  country: 'United Kingdom',
  at: new Date(at),
  lines: [{ sku: '22423', quantity: 2, price: 1275 }],
});
const all = [order('1', '2010-12-01T08:26:00Z'), order('2', '2011-12-09T12:50:00Z')];
const load = () =>
  loadYear(
    { tableName: env('tableName'), userPoolId: env('userPoolId'), userPoolClientId: env('userPoolClientId') },
    all,
    { '22423': product },
    new Map([['22423', 'Regency Cakestand']]),
    stateDir,
  );
const idOf = (invoice: string) =>
  idFromDigest('order', createHash('sha256').update(`demo invoice ${invoice}`).digest());

test('the last day of the file becomes yesterday, and times of day stay', () => {
  const shift = shiftOf(all, new Date('2026-11-21T03:00:00Z'));
  expect(new Date(Date.parse('2011-12-09T12:50:00Z') + shift).toISOString()).toBe('2026-11-20T12:50:00.000Z');
});

test('orders of the past have their own date and the price of their day, and their event rides on them', async () => {
  expect(await load()).toEqual({ written: 2, there: 0 });
  const db = platform.table.db({ table: { orders: grant(orders, 'get') } });
  const newest = await db.orders.get({ id: idOf('2') }, { consistent: true });
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  expect(newest).toMatchObject({
    createdAt: `${yesterday}T12:50:00.000Z`,
    total: 2550,
    seller: 'house',
    status: 'pending',
  });
  expect(await platform.ridingOn(orders, { id: idOf('2') })).toEqual(['OrderPlaced']);
});

test('loading again writes nothing twice, with or without the note of what was loaded', async () => {
  expect(await load()).toEqual({ written: 0, there: 2 });
  rmSync(join(stateDir, 'demo-year.json'));
  expect(await load()).toEqual({ written: 0, there: 2 });
});
