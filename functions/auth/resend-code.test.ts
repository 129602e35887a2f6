import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as confirm } from './confirm.ts';
import { handler as register } from './register.ts';
import { handler } from './resend-code.ts';
import { registration, startUserPool, type UserPool } from './testing.ts';

let platform: Operations;
let pool: UserPool;
const email = 'ann@example.com';
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
  await platform.call(register, { body: registration(email) });
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
});
const resend = (to: string) => platform.call(handler, { body: { email: to } });

it('answers the same for who waits, who is confirmed and who is unknown, after the same work', async () => {
  const shapes = [];
  const work = [];
  for (const state of ['waits', 'confirmed', 'unknown']) {
    if (state === 'confirmed') await platform.call(confirm, { body: { email, code: '654321' } });
    pool.asked.length = 0;
    const { status, json } = await resend(state === 'unknown' ? 'nobody@example.com' : email);
    shapes.push([status, json.message]);
    work.push([...pool.asked]);
  }
  expect(shapes[1]).toEqual(shapes[0]);
  expect(shapes[2]).toEqual(shapes[0]);
  expect(work).toEqual([['ResendConfirmationCode'], ['ResendConfirmationCode'], ['ResendConfirmationCode']]);
});
it('says nothing when the pool has mailed too often', async () => {
  pool.failNext('ResendConfirmationCode', 'LimitExceededException');
  expect((await resend(email)).status).toBe(202);
});
it('mails five times in a quarter of an hour and no more', async () => {
  const statuses = [];
  for (let i = 0; i < 6; i++) statuses.push((await resend('flood@example.com')).status);
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
});
it('refuses what is no address', async () => {
  const { status, json } = await resend('ann');
  expect([status, json.error.details.fields[0].path]).toEqual([400, 'body.email']);
});
