import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dataschemaOf, type EventDeclaration, sourceOf, typeOf } from '../../events/event.ts';
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { queue } from './queue.ts';
import { resource } from './resource.ts';
import { schedule } from './schedule.ts';
import { serviceEvent } from './service-event.ts';
import { stream } from './stream.ts';

const lambda = (remaining = 30_000) => ({ awsRequestId: 'req_1', getRemainingTimeInMillis: () => remaining }) as never;
const message = (event: EventDeclaration, id: string, more: object = {}) => ({
  messageId: `msg-${id}`,
  attributes: { ApproximateReceiveCount: '1' },
  body: JSON.stringify({
    'detail-type': event.name,
    detail: {
      specversion: '1.0',
      id,
      source: sourceOf(event),
      type: typeOf(event),
      subject: 'ord_1',
      time: '2026-11-21T09:30:00.000Z',
      dataschema: dataschemaOf(event),
      datacontenttype: 'application/json',
      correlationid: 'cor_1',
      actor: { id: 'usr_1', type: 'user' },
      sequence: 1,
      data: event.example,
      ...more,
    },
  }),
});
const batch = (...Records: object[]) => ({ Records }) as never;
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
const common = { access: {}, errorImpact: 'none' } as const;

describe('a reaction', () => {
  test('gets each event by itself, told apart by name, and only what failed comes again', async () => {
    const seen: string[] = [];
    const handler = queue({
      ...common,
      id: 'test.each',
      on: [orderPlaced, orderCancelled],
      async run({ event }) {
        if (event.name === 'OrderCancelled') seen.push(`${event.id} from ${event.data.fromStatus}`);
        else seen.push(`${event.id} of ${event.data.lines.length}`);
        if (event.id === 'evt_2') throw new Error('no');
      },
    });
    expect(
      await handler(
        batch(message(orderPlaced, 'evt_1'), message(orderPlaced, 'evt_2'), message(orderCancelled, 'evt_3')),
        lambda(),
      ),
    ).toEqual(failed('msg-evt_2'));
    expect(seen).toEqual(['evt_1 of 1', 'evt_2 of 1', 'evt_3 from pending']);
  });

  test('never sees what does not fit its schema, is no event, or is one that it does not answer', async () => {
    const run = jest.fn();
    const handler = queue({ ...common, id: 'test.bad', on: [orderPlaced], run });
    const bad = [
      message(orderPlaced, 'evt_1', { data: { orderId: 'x' } }),
      message(orderCancelled, 'evt_2'),
      { messageId: 'msg-3', body: 'nonsense', attributes: {} },
    ];
    expect(await handler(batch(...bad), lambda())).toEqual(failed('msg-evt_1', 'msg-evt_2', 'msg-3'));
    expect(run).not.toHaveBeenCalled();
  });

  test('gives back what it has no time left for', async () => {
    const run = jest.fn();
    const handler = queue({ ...common, id: 'test.late', on: [orderPlaced], run });
    expect(await handler(batch(message(orderPlaced, 'evt_1')), lambda(1_000))).toEqual(failed('msg-evt_1'));
    expect(run).not.toHaveBeenCalled();
  });

  test('that gathers gets the batch at once and names what failed; when it throws, all have', async () => {
    let answer: () => Promise<string[]> = async () => ['evt_2'];
    const handler = queue({ ...common, id: 'test.gather', on: [orderPlaced], runBatch: () => answer() });
    const both = batch(message(orderPlaced, 'evt_1'), message(orderPlaced, 'evt_2'));
    expect(await handler(both, lambda())).toEqual(failed('msg-evt_2'));
    answer = () => Promise.reject(new Error('no'));
    expect(await handler(both, lambda())).toEqual(failed('msg-evt_1', 'msg-evt_2'));
  });

  test('declares itself without anything of how it runs', () => {
    const { declaration } = queue({
      ...common,
      id: 'test.declared',
      on: [orderPlaced],
      batchSize: 5,
      run: async () => {},
    });
    expect(declaration).toEqual({ kind: 'queue', ...common, id: 'test.declared', on: [orderPlaced], batchSize: 5 });
  });
});

describe('a stream consumer', () => {
  const record = (n: number) => ({
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: String(n), OldImage: { n: { N: String(n - 1) } }, NewImage: { n: { N: String(n) } } },
  });
  test('works in order and stops at the first failure, so that nothing is passed over', async () => {
    const seen: unknown[] = [];
    const handler = stream({
      ...common,
      id: 'test.stream',
      filters: [],
      async run({ change }) {
        seen.push([change.before?.n, change.after?.n]);
        if (change.after?.n === 2) throw new Error('no');
      },
    });
    expect(await handler(batch(record(1), record(2), record(3)), lambda())).toEqual(failed('2'));
    expect(seen).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(await handler(batch(record(5)), lambda())).toEqual(failed());
  });
});

test('a reaction on what a service tells gets each event by itself, and only what failed comes again', async () => {
  const sent = (messageId: string, count: string) => ({
    messageId,
    attributes: { ApproximateReceiveCount: count },
    body: JSON.stringify({ source: 'aws.ses', 'detail-type': 'Email Sent', detail: { mail: { messageId, tags: {} } } }),
  });
  const seen: unknown[] = [];
  const handler = serviceEvent({
    ...common,
    id: 'test.sent',
    on: { name: 'Email Sent' },
    async run({ detail, attempt }) {
      seen.push([detail.mail.messageId, attempt]);
      if (detail.mail.messageId === 'm2') throw new Error('no');
    },
  });
  const bad = { messageId: 'm4', attributes: {}, body: 'nonsense' };
  expect(await handler(batch(sent('m1', '1'), sent('m2', '3'), sent('m3', '1'), bad), lambda())).toEqual(
    failed('m2', 'm4'),
  );
  expect(seen).toEqual([
    ['m1', 1],
    ['m2', 3],
    ['m3', 1],
  ]);
});

test('a schedule that fails says so, and the scheduler tries again', async () => {
  const handler = schedule({
    ...common,
    id: 'test.schedule',
    schedule: 'rate(5 minutes)',
    run: () => Promise.reject(new Error('no')),
  });
  await expect(handler({} as never, lambda())).rejects.toThrow('no');
});

test('a custom resource tells CloudFormation how it went, whatever happens', async () => {
  const told: { Status: string; PhysicalResourceId: string; Data?: object; Reason?: string }[] = [];
  const cloudFormation = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      told.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    cloudFormation.listen(0, '127.0.0.1', resolve);
  });
  const ResponseURL = `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}/`;
  const handler = resource({
    ...common,
    id: 'test.resource',
    async run({ properties }) {
      if (properties.Fail) throw new Error('it failed');
      return { physicalId: 'thing', data: { Value: String(properties.Value) } };
    },
  });
  const request = (ResourceProperties: object) =>
    ({
      RequestType: 'Create',
      ResponseURL,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'l',
      ResourceProperties,
    }) as never;
  await handler(request({ ServiceToken: 't', Value: 'v' }), lambda());
  await handler(request({ ServiceToken: 't', Fail: 'yes' }), lambda());
  cloudFormation.closeAllConnections();
  cloudFormation.close();
  expect(told).toMatchObject([
    {
      Status: 'SUCCESS',
      PhysicalResourceId: 'thing',
      Data: { Value: 'v' },
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'l',
    },
    { Status: 'FAILED', PhysicalResourceId: 'failed-req_1', Reason: 'Error: it failed' },
  ]);
});
