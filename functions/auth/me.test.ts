import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler } from './me.ts';

let platform: Operations;
beforeAll(async () => {
  platform = await startOperations();
});
afterAll(() => platform.stop());

it('answers the caller, with nothing of what is kept for the platform', async () => {
  const user = await platform.person('user', { revokedSessions: {}, confirmedWith: 'x', requestedPlan: 'Pro' });
  const { status, json, headers } = await platform.call(handler, { as: user });
  expect(status).toBe(200);
  expect(json.data).toMatchObject({ id: user.id, email: user.email, role: 'user', _links: { self: {}, logout: {} } });
  for (const name of ['revokedSessions', 'confirmedWith', 'requestedPlan']) expect(json.data).not.toHaveProperty(name);
  expect(headers.etag).toMatch(/^"1\./);
});
it('is never answered from what the browser keeps of the person before', async () => {
  const [first, second] = [await platform.person('admin'), await platform.person('user')];
  const { etag = '' } = (await platform.call(handler, { as: first })).headers;
  const headers = { 'if-none-match': etag };
  expect((await platform.call(handler, { as: first, headers })).status).toBe(304);
  const { status, json } = await platform.call(handler, { as: second, headers });
  expect([status, json.data.id]).toEqual([200, second.id]);
});
it('is for those who are signed in and active', async () => {
  expect((await platform.call(handler, {})).status).toBe(401);
  const ended = await platform.person('user', { revokedSessions: { 'session-1': 9_999_999_999 } });
  expect((await platform.call(handler, { as: ended })).status).toBe(401);
  const newer = await platform.person('user', { tokensValidAfter: 9_999_999_999 });
  expect((await platform.call(handler, { as: newer })).status).toBe(401);
});
