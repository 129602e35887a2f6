import { createFakeCloud } from '../../testing/fake-cloud.ts';
import type { EdgeResponse } from '../../types.ts';
import { type Listener, listen } from './listener.ts';

const open: Listener[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});
async function start(port: number, takeNext: boolean, answer: Partial<EdgeResponse> = {}): Promise<Listener> {
  const listener = await listen(createFakeCloud(), { port, takeNext }, async () => ({
    status: 200,
    headers: {},
    body: Buffer.alloc(0),
    ...answer,
  }));
  open.push(listener);
  return listener;
}

describe('listener', () => {
  test('a taken port is an error that names it, or the next free one', async () => {
    const { port } = await start(0, false);
    await expect(start(port, false)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
    expect((await start(port, true)).port).toBeGreaterThan(port);
  });

  test('a body of more than 20 MB is 413', async () => {
    const { port } = await start(0, false);
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: Buffer.alloc(20 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
  });

  test('a header that HTTP does not allow is 502 and does not end the process', async () => {
    const { port } = await start(0, false, { headers: { 'x-bad': 'a\r\nset-cookie: b=1' } });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([502, null]);
  });

  test('the length is that of the body in hand, whatever a function said', async () => {
    const { port } = await start(0, false, { headers: { 'content-length': '99' }, body: Buffer.from('abc') });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('abc');
  });
});
