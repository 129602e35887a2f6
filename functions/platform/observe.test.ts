import { logger, metrics } from './observe.ts';

/** Lines that `work` prints; Powertools writes past `console`. */
function printed(work: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const take = (chunk: unknown) => {
    lines.push(String(chunk));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(take),
    jest.spyOn(process.stderr, 'write').mockImplementation(take),
  ];
  work();
  for (const spy of spies) spy.mockRestore();
  return lines.map((line) => JSON.parse(line));
}

test('a log line is JSON with the operation and the request’s keys, until they are reset', () => {
  const lines = printed(() => {
    const log = logger('orders.place-order');
    log.appendKeys({ requestId: 'r-1' });
    log.info('request', { status: 201 });
    log.resetKeys();
    log.info('later');
  });
  expect(lines[0]).toMatchObject({
    level: 'INFO',
    message: 'request',
    operation: 'orders.place-order',
    requestId: 'r-1',
    status: 201,
  });
  expect(lines[1]).not.toHaveProperty('requestId');
});

test('an error is logged with its stack and its causes, and without the items that hang on it', () => {
  const cause = Object.assign(new Error('condition failed'), { Item: { email: { S: 'ann@example.com' } } });
  const error = new Error('write failed', { cause });
  const [line] = printed(() => logger('x.y').error('failed', { error }));
  expect(line?.error).toMatchObject({ name: 'Error', message: 'write failed', cause: { message: 'condition failed' } });
  expect(JSON.stringify(line)).toContain('observe.test');
  expect(JSON.stringify(line)).not.toContain('ann@example.com');
});

test('metrics are one line in the embedded metric format, by service and operation', () => {
  const lines = printed(() => {
    const meter = metrics('orders.place-order');
    meter.addMetric('Requests', 'Count', 1);
    meter.publishStoredMetrics();
  });
  expect(lines).toMatchObject([
    {
      operation: 'orders.place-order',
      Requests: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: 'Mewayz', Dimensions: [['service', 'operation']] }] },
    },
  ]);
});
