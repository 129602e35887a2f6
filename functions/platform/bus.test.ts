import { requestsOf } from './bus.ts';

const event = (id: number, bytes: number) => ({
  name: 'Told',
  envelope: { id: String(id), data: 'x'.repeat(bytes) } as never,
});
const sizes = (...bytes: number[]) =>
  requestsOf(bytes.map((size, id) => event(id, size))).map((request) => request.length);

test('no request carries more events or bytes than EventBridge takes', () => {
  expect(sizes(...Array<number>(23).fill(10))).toEqual([10, 10, 3]);
  expect(sizes(100_000, 100_000, 100_000)).toEqual([2, 1]);
});

test('an event that is too large stands alone, so that it is refused alone', () => {
  expect(sizes(10, 300_000, 10, 10)).toEqual([1, 1, 2]);
  expect(sizes()).toEqual([]);
});
