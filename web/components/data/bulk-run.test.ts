import { ApiProblem } from '../../../shared/client.ts';
import { patiently, runBulk } from './bulk-run.ts';

const identify = (id: string) => ({ id, label: `Row ${id}` });

test('a row that fails is named and does not stop the others', async () => {
  const seen: string[] = [];
  const steps: number[] = [];
  const result = await runBulk(
    ['a', 'b', 'c'],
    identify,
    async (id) => {
      seen.push(id);
      if (id === 'b') throw new Error('no');
    },
    { onProgress: ({ done }) => steps.push(done) },
  );
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(steps).toEqual([0, 1, 2, 3]);
  expect(result).toEqual({ done: 3, total: 3, failures: [{ id: 'b', label: 'Row b', error: new Error('no') }] });
});

test('a stopped run leaves the rows that it had not begun', async () => {
  const stop = new AbortController();
  const result = await runBulk(['a', 'b'], identify, async () => stop.abort(), { signal: stop.signal });
  expect(result).toEqual({ done: 1, total: 2, failures: [] });
});

test('a passing failure is tried again, a refusal is not', async () => {
  let tries = 0;
  const failing = (problem: ApiProblem) => async () => {
    tries++;
    if (tries < 3) throw problem;
    return 'done';
  };
  await expect(patiently(failing(new ApiProblem('RATE_LIMITED', 429, 'wait')), () => 0)).resolves.toBe('done');
  tries = 0;
  const refusal = new ApiProblem('INVALID_STATE', 409, 'no');
  await expect(patiently(failing(refusal), () => 0)).rejects.toBe(refusal);
  expect(tries).toBe(1);
});
