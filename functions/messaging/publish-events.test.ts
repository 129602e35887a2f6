import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { entity } from '../platform/entity.ts';
import { eventSource } from '../platform/event-data.ts';
import { eventsOfChange } from './events-of-change.ts';
import { handler } from './publish-events.ts';

const id = 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0';
const user = (ev: object[], sq: number, more: object = {}) => ({
  pk: `USER#${id}`,
  sk: 'USER',
  et: 'User',
  id,
  role: 'user',
  plan: 'Free',
  marketingConsent: false,
  ev,
  sq,
  cx: { a: id, y: 'user', c: 'cor_1', e: ev.length, t: '2026-11-21T09:30:00.000Z' },
  ...more,
});
const registered = (i: string) => ({ i, n: 'UserRegistered', v: 1 });

interface Order {
  id: string;
}
const orderSource = eventSource(
  entity<Order>()({
    name: 'Order',
    partition: 'ORDER',
    describes: 'test',
    keyShape: '',
    key: ({ id: key }: { id: string }) => ({ pk: `ORDER#${key}`, sk: 'ORDER' }),
    keyOf: (order) => ({ id: order.id }),
    patterns: {},
  }),
  (order) => order.id,
  (on) => [
    on(orderPlaced, () => orderPlaced.example),
    on(orderCancelled, () => ({ ...orderCancelled.example, fromStatus: undefined })),
  ],
);
const orderImage = (ev: object[], sq: number) => ({ ...user(ev, sq), et: 'Order', id: 'ord_1' });

test('each event gets its own sequence, and what rode along is merged into its data', () => {
  const riders = [
    { i: 'evt_1', n: 'OrderPlaced', v: 1 },
    { i: 'evt_2', n: 'OrderCancelled', v: 1, x: { fromStatus: 'paid' } },
  ];
  const events = eventsOfChange({ before: undefined, after: orderImage(riders, 5) }, [orderSource]);
  expect(events.map(({ envelope }) => envelope)).toMatchObject([
    { id: 'evt_1', sequence: 4, type: 'mewayz.orders.OrderPlaced.v1', source: 'mewayz.orders', subject: 'ord_1' },
    {
      id: 'evt_2',
      sequence: 5,
      data: { fromStatus: 'paid' },
      correlationid: 'cor_1',
      actor: { id, type: 'user' },
      time: '2026-11-21T09:30:00.000Z',
    },
  ]);
});

test('events that the item carried before are not told again', () => {
  const [one, two] = [
    { i: 'evt_1', n: 'OrderPlaced', v: 1 },
    { i: 'evt_2', n: 'OrderPlaced', v: 1 },
  ];
  const events = eventsOfChange({ before: orderImage([one], 1), after: orderImage([one, two], 2) }, [orderSource]);
  expect(events.map(({ envelope }) => [envelope.id, envelope.sequence])).toEqual([['evt_2', 2]]);
  expect(eventsOfChange({ before: orderImage([one], 1), after: undefined }, [orderSource])).toEqual([]);
});

test('data that does not fit its schema, and an event that nobody maps, do not go out', () => {
  const incomplete = orderImage([{ i: 'evt_1', n: 'OrderCancelled', v: 1 }], 1);
  expect(() => eventsOfChange({ before: undefined, after: incomplete }, [orderSource])).toThrow('fromStatus');
  const unknown = orderImage([{ i: 'evt_1', n: 'OrderEaten', v: 1 }], 1);
  expect(() => eventsOfChange({ before: undefined, after: unknown }, [orderSource])).toThrow(
    'no mapping for OrderEaten.v1 of Order',
  );
});

describe('with a bus', () => {
  let bus: Server;
  let puts: { Source: string; DetailType: string; EventBusName: string; Detail: string }[][] = [];
  let refuse: (detail: { id: string }) => boolean = () => false;

  beforeAll(async () => {
    bus = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        const { Entries } = JSON.parse(body) as { Entries: (typeof puts)[number] };
        puts.push(Entries);
        const answers = Entries.map(({ Detail }) =>
          refuse(JSON.parse(Detail)) ? { ErrorCode: 'ThrottlingException' } : { EventId: 'x' },
        );
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(
          JSON.stringify({
            FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
            Entries: answers,
          }),
        );
      });
    });
    await new Promise<void>((resolve) => {
      bus.listen(0, '127.0.0.1', resolve);
    });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(bus.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      BUS_NAME: 'mewayz-test',
    });
  });
  beforeEach(() => {
    puts = [];
    refuse = () => false;
  });
  afterAll(() => {
    bus.closeAllConnections();
    bus.close();
  });

  const run = (images: object[]) =>
    handler(
      {
        Records: images.map((image, i) => ({
          eventName: 'INSERT',
          dynamodb: { SequenceNumber: `seq-${i}`, NewImage: marshall(image, { removeUndefinedValues: true }) },
        })),
      } as never,
      { awsRequestId: 'req', getRemainingTimeInMillis: () => 30_000 } as never,
    );

  test('every event reaches the bus, ten at a time', async () => {
    const images = Array.from({ length: 23 }, (_, i) => user([registered(`evt_${i}`)], 1));
    expect(await run(images)).toEqual({ batchItemFailures: [] });
    expect(puts.map((put) => put.length)).toEqual([10, 10, 3]);
    expect(puts[0]?.[0]).toMatchObject({
      EventBusName: 'mewayz-test',
      Source: 'mewayz.users',
      DetailType: 'UserRegistered',
    });
    expect(JSON.parse(puts[0]?.[0]?.Detail ?? '')).toMatchObject({
      specversion: '1.0',
      subject: id,
      sequence: 1,
      data: { userId: id, role: 'user' },
    });
  });

  test('of events that the bus refuses, the batch comes again from the first on', async () => {
    refuse = (detail) => detail.id === 'evt_12' || detail.id === 'evt_14';
    const images = Array.from({ length: 23 }, (_, i) => user([registered(`evt_${i}`)], 1));
    expect(await run(images)).toEqual({ batchItemFailures: [{ itemIdentifier: 'seq-12' }] });
    expect(puts.map((put) => put.length)).toEqual([10, 10]);
  });

  test('what stands before a record that can not be read is published, and the record comes again', async () => {
    const images = [
      user([registered('evt_1')], 1),
      user([registered('evt_2')], 1, { role: 'emperor' }),
      user([registered('evt_3')], 1),
    ];
    expect(await run(images)).toEqual({ batchItemFailures: [{ itemIdentifier: 'seq-1' }] });
    expect(puts.flat()).toHaveLength(1);
  });
});
