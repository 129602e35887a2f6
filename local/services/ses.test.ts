import {
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  MessageRejected,
  NotFoundException,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { eventually } from '../testing/eventually.ts';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { JsonObject, RequiredRight, Service } from '../types.ts';
import type { DeliveredMail } from './mailbox.ts';
import { createSes } from './ses.ts';

let cloud: FakeCloud;
let service: Service;
let served: ServedService;
let client: SESv2Client;
const demanded: RequiredRight[] = [];

const provision = async (type: string, properties: JsonObject) =>
  service.resources[`AWS::SES::${type}`]?.({ stack: 'mail', logicalId: type, type: `AWS::SES::${type}`, properties });
const mails = async (query = '') =>
  (await service.inspect?.('mail.json', new URLSearchParams(query))) as unknown as DeliveredMail[];
const simple = (FromEmailAddress: string, more: object = {}) =>
  new SendEmailCommand({
    FromEmailAddress,
    Destination: { ToAddresses: ['Ann <ann@example.com>'], CcAddresses: ['copy@example.com'] },
    Content: {
      Simple: { Subject: { Data: 'Grüße' }, Body: { Text: { Data: 'plain' }, Html: { Data: '<p>rich</p>' } } },
    },
    ...more,
  });

beforeAll(async () => {
  cloud = createFakeCloud({ authorize: (_caller, right) => demanded.push(right) });
  service = createSes(cloud);
  served = await serveService(cloud, service);
  client = new SESv2Client({
    endpoint: served.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await provision('EmailIdentity', { EmailIdentity: 'shop.example' });
  await provision('ConfigurationSet', { Name: 'transactional' });
});
afterAll(async () => {
  client.destroy();
  await served.close();
  await service.stop?.();
});
beforeEach(() => {
  demanded.length = 0;
});

test('a mail from an address of a verified domain is in the mailbox, newest first', async () => {
  const first = await client.send(simple('Shop <orders@shop.example>'));
  const second = await client.send(simple('orders@mail.shop.example', { ConfigurationSetName: 'transactional' }));
  const [newest, older] = await mails();
  expect(newest?.id).toBe(second.MessageId);
  expect(older).toMatchObject({
    ...{ id: first.MessageId, from: 'Shop <orders@shop.example>', to: ['Ann <ann@example.com>'] },
    ...{ cc: ['copy@example.com'], subject: 'Grüße', text: 'plain', html: '<p>rich</p>' },
  });
  expect(await service.inspect?.(`mail/${first.MessageId}.json`, new URLSearchParams())).toEqual(older);
});

test('a mail from an address that no identity speaks for is rejected as AWS words it', async () => {
  const sent = client.send(simple('someone@elsewhere.example'));
  await expect(sent).rejects.toBeInstanceOf(MessageRejected);
  await expect(sent).rejects.toThrow('identities failed the check in region US-EAST-1: someone@elsewhere.example');
});

test('sending demands the right on the identity and the configuration set, with the sender as condition key', async () => {
  await client.send(simple('Shop <Orders@shop.example>', { ConfigurationSetName: 'transactional' }));
  const prefix = 'arn:aws:ses:us-east-1:000000000000:';
  expect(demanded.map((right) => [right.action, right.resource])).toEqual([
    ['ses:SendEmail', `${prefix}identity/shop.example`],
    ['ses:SendEmail', `${prefix}configuration-set/transactional`],
  ]);
  expect(demanded[0]?.context).toMatchObject({
    'ses:FromAddress': 'orders@shop.example',
    'ses:FromDisplayName': 'Shop',
    'ses:Recipients': ['ann@example.com', 'copy@example.com'],
  });
});

test('a raw mail is read: encoded words, nested parts, transfer encodings, attachments', async () => {
  const raw = [
    'From: =?utf-8?Q?J=C3=BCrgen?= <orders@shop.example>',
    'To: "Doe, Ann" <ann@example.com>,',
    ' bob@example.com',
    'Subject: =?utf-8?B?UmVjaG51bmcg?= =?iso-8859-1?Q?f=FCr_Ann?=',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'f=C3=BCr dich und =',
    'mich',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('<b>für dich</b>').toString('base64'),
    '--inner--',
    '--outer',
    'Content-Type: application/pdf; name="invoice.pdf"',
    'Content-Disposition: attachment; filename="invoice.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'AAEC',
    '--outer--',
    '',
  ].join('\r\n');
  await client.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }));
  const [mail] = await mails();
  expect(mail).toMatchObject({
    ...{ from: 'Jürgen <orders@shop.example>', to: ['"Doe, Ann" <ann@example.com>', 'bob@example.com'] },
    ...{ subject: 'Rechnung für Ann', text: 'für dich und mich', html: '<b>für dich</b>' },
    attachments: [{ name: 'invoice.pdf', contentType: 'application/pdf', size: 3 }],
  });
  expect(demanded[0]?.action).toBe('ses:SendRawEmail');
});

test('templates of the stack and of the API are rendered, and missing data is refused by name', async () => {
  await provision('Template', {
    Template: { TemplateName: 'hello', SubjectPart: 'Hello {{name}}', TextPart: '{{order.number}}' },
  });
  await client.send(
    new CreateEmailTemplateCommand({
      TemplateName: 'bye',
      TemplateContent: { Subject: 'Bye {{name}}', Html: '<p>{{name}}</p>' },
    }),
  );
  const withData = (TemplateName: string, data: object) =>
    simple('orders@shop.example', { Content: { Template: { TemplateName, TemplateData: JSON.stringify(data) } } });
  await client.send(withData('hello', { name: 'Ann', order: { number: 7 } }));
  expect((await mails())[0]).toMatchObject({ subject: 'Hello Ann', text: '7' });
  await expect(client.send(withData('hello', { name: 'Ann' }))).rejects.toThrow("Attribute 'order.number'");
  await expect(client.send(withData('nothing', {}))).rejects.toBeInstanceOf(NotFoundException);
  const bulk = await client.send(
    new SendBulkEmailCommand({
      FromEmailAddress: 'orders@shop.example',
      DefaultContent: { Template: { TemplateName: 'bye', TemplateData: '{}' } },
      BulkEmailEntries: ['Ann', undefined].map((name) => ({
        Destination: { ToAddresses: ['x@example.com'] },
        ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify({ name }) } },
      })),
    }),
  );
  expect(bulk.BulkEmailEntryResults?.map((result) => result.Status)).toEqual(['SUCCESS', 'FAILED']);
});

const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const published = (of: FakeCloud) => of.calls.putEvent.map(([arn, event]) => [arn, event['detail-type']]);

test('events of a configuration set go to its bus', async () => {
  await provision('ConfigurationSetEventDestination', {
    ConfigurationSetName: 'transactional',
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ['DELIVERY'],
      EventBridgeDestination: { EventBusArn: bus },
    },
  });
  await client.send(simple('orders@shop.example', { ConfigurationSetName: 'transactional' }));
  expect(published(cloud)).toEqual([[bus, 'Email Delivered']]);
});

test('mails that name no configuration set are of that of their sender, with their tags in its events', async () => {
  cloud.calls.putEvent.length = 0;
  await provision('EmailIdentity', {
    EmailIdentity: 'sets.example',
    ConfigurationSetAttributes: { ConfigurationSetName: 'transactional' },
  });
  const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: 'sets.example' }));
  expect(found.ConfigurationSetName).toBe('transactional');
  demanded.length = 0;
  const { MessageId } = await client.send(
    simple('orders@sets.example', { EmailTags: [{ Name: 'mail', Value: 'welcome' }] }),
  );
  expect(demanded.map(({ resource }) => resource.split(':').pop())).toEqual([
    'identity/sets.example',
    'configuration-set/transactional',
  ]);
  expect(cloud.calls.putEvent.map(([, { detail }]) => (detail as JsonObject).mail)).toEqual([
    expect.objectContaining({
      messageId: MessageId,
      destination: ['Ann <ann@example.com>', 'copy@example.com'],
      tags: { mail: ['welcome'], 'ses:configuration-set': ['transactional'], 'ses:from-domain': ['sets.example'] },
    }),
  ]);
});

test('what was not told of a mail when the platform was killed is told at the next start, once', async () => {
  const open = Promise.withResolvers<void>();
  const putEvent = jest.fn(() => open.promise);
  const killed = createFakeCloud({ putEvent });
  const before = createSes(killed);
  const give = async (type: string, properties: JsonObject) =>
    before.resources[`AWS::SES::${type}`]?.({ stack: 'mail', logicalId: type, type: `AWS::SES::${type}`, properties });
  await give('ConfigurationSet', { Name: 'told' });
  await give('EmailIdentity', { EmailIdentity: 'told.example' });
  await give('ConfigurationSetEventDestination', {
    ConfigurationSetName: 'told',
    EventDestination: { MatchingEventTypes: ['SEND'], EventBridgeDestination: { EventBusArn: bus } },
  });
  const running = await serveService(killed, before);
  const sender = new SESv2Client({
    endpoint: running.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const sent = sender.send(simple('orders@told.example', { ConfigurationSetName: 'told' })).catch(() => undefined);
  await eventually('the bus is told of it', () => putEvent.mock.calls.length === 1);

  for (const times of [1, 0]) {
    const next = createFakeCloud({ stateDir: killed.stateDir });
    const after = createSes(next);
    await after.start?.();
    expect(published(next)).toEqual(Array(times).fill([bus, 'Email Sent']));
    await after.stop?.();
  }
  open.resolve();
  await sent;
  sender.destroy();
  await running.close();
  await before.stop?.();
});

test('identities can be made and asked for, the account may send, and mails of other services come in', async () => {
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'me@example.org' }));
  const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: 'me@example.org' }));
  expect(found).toMatchObject({ IdentityType: 'EMAIL_ADDRESS', VerifiedForSendingStatus: true });
  expect((await client.send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(true);
  await cloud.deliverMail({ from: 'a@b.c', to: ['code@example.com'], subject: 'Code', text: '123456', html: '' });
  expect(await mails('to=code@')).toHaveLength(1);
});

test('mails and identities are there after a restart on the same folder, and mails can be deleted', async () => {
  const before = await mails();
  const again = createSes(createFakeCloud({ stateDir: cloud.stateDir }));
  const read = (query: string) =>
    again.inspect?.('mail.json', new URLSearchParams(query)) as unknown as DeliveredMail[];
  expect(await read('')).toEqual(before);
  expect(await read(`delete=${before[0]?.id}`)).toHaveLength(before.length - 1);
  expect(await read('delete=all')).toEqual([]);
  await again.stop?.();
});
