import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSRecord } from 'aws-lambda';
import { comeAgain, pauseAfter } from './come-again.ts';

const asked: { QueueUrl: string; Entries: { ReceiptHandle: string; VisibilityTimeout: number }[] }[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push(JSON.parse(body));
      response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"Successful":[],"Failed":[]}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const record = (n: number, receives: number) =>
  ({
    receiptHandle: `handle-${n}`,
    attributes: { ApproximateReceiveCount: String(receives) },
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:mails',
  }) as SQSRecord;

test('failed messages come again soon, and later with each try', async () => {
  expect([1, 2, 3, 4, 5].map(pauseAfter)).toEqual([5, 30, 120, 600, 600]);
  await comeAgain([]);
  expect(asked).toEqual([]);
  await comeAgain(Array.from({ length: 12 }, (_, n) => record(n, n === 11 ? 3 : 1)));
  expect(asked.map(({ QueueUrl, Entries }) => [QueueUrl, Entries.length])).toEqual([
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/mails', 10],
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/mails', 2],
  ]);
  const pauses = asked.flatMap(({ Entries }) => Entries).map((entry) => [entry.ReceiptHandle, entry.VisibilityTimeout]);
  expect(pauses[0]).toEqual(['handle-0', 5]);
  expect(pauses[11]).toEqual(['handle-11', 120]);
});
