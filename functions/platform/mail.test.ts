import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Db } from './db.ts';
import { grant } from './entity.ts';
import { mailsSent, mailsSentGrant, markSent, renderMail, sendMailOnce } from './mail.ts';
import { startTable, type TestTable } from './testing/table.ts';

const access = { table: { mailsSent: mailsSentGrant }, mail: true } as const;
let table: TestTable;
let db: Db<typeof access>;
let ses: Server;
let answer: () => { status: number; body: object; hangUp?: boolean };
let mails: {
  Content: { Simple: { Subject: { Data: string } } };
  Destination: { ToAddresses: string[] };
  EmailTags: { Name: string; Value: string }[];
}[];

beforeAll(async () => {
  table = await startTable([mailsSent]);
  db = table.db(access);
  ses = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const { status, body: reply, hangUp } = answer();
      if (status === 200) mails.push(JSON.parse(body));
      if (hangUp) {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => {
    ses.listen(0, '127.0.0.1', resolve);
  });
  process.env.AWS_ENDPOINT_URL_SESV2 = `http://127.0.0.1:${(ses.address() as AddressInfo).port}`;
  process.env.MAIL_FROM = 'shop@example.com';
});
beforeEach(() => {
  mails = [];
  answer = () => ({ status: 200, body: { MessageId: 'm1' } });
});
afterAll(async () => {
  ses.closeAllConnections();
  ses.close();
  await table.stop();
});

let count = 0;
const order = (more: object = {}) => ({
  eventId: `evt_${count}`,
  name: 'order-confirmation',
  to: 'ann@example.com',
  mail: { subject: 'Your order', html: '<p>Thanks</p>', text: 'Thanks' },
  now: new Date('2026-11-21T09:30:00Z'),
  ...more,
});
beforeEach(() => {
  count++;
});
const later = (seconds: number) => ({ now: new Date(Date.parse('2026-11-21T09:30:00Z') + seconds * 1_000) });

test('a mail goes out once, however often its event comes', async () => {
  expect(await sendMailOnce(db, order())).toBe('sent');
  expect(await sendMailOnce(db, order())).toBe('sent-before');
  expect(await sendMailOnce(db, order(later(3_600)))).toBe('sent-before');
  expect(mails).toMatchObject([
    { Destination: { ToAddresses: ['ann@example.com'] }, FromEmailAddress: 'shop@example.com' },
  ]);
});

test('of many at once one sends and the others give their message back', async () => {
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => sendMailOnce(db, order())));
  expect(mails).toHaveLength(1);
  expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
});

test('a refused mail is tried again at once', async () => {
  answer = () => ({ status: 429, body: { message: 'slow down' } });
  await expect(sendMailOnce(db, order())).rejects.toThrow('slow down');
  answer = () => ({ status: 200, body: { MessageId: 'm2' } });
  expect(await sendMailOnce(db, order())).toBe('sent');
  expect(mails).toHaveLength(1);
});

test('each mail has a connection of its own, as one that is kept may be closed just when it is used again', async () => {
  let connections = 0;
  const connected = () => {
    connections += 1;
  };
  ses.on('connection', connected);
  for (const name of ['welcome', 'order-confirmation']) await sendMailOnce(db, order({ name }));
  ses.off('connection', connected);
  expect(connections).toBe(2);
});

/** As a function that is killed right after SES has taken its mail. */
async function lostReply(): Promise<void> {
  answer = () => ({ status: 200, body: {}, hangUp: true });
  await expect(sendMailOnce(db, order())).rejects.toThrow();
  answer = () => ({ status: 200, body: { MessageId: 'm3' } });
}
/** What SES tells of the mail that it has taken last. */
const told = () => ({
  messageId: 'm3',
  tags: Object.fromEntries((mails.at(-1)?.EmailTags ?? []).map(({ Name, Value }) => [Name, [Value]])),
});

test.each([1, 31, 3_600])(
  'when it is not known whether the mail went out, it is in doubt for 25 s from when its message comes again, %i s later',
  async (seconds) => {
    await lostReply();
    await expect(sendMailOnce(db, order(later(seconds)))).rejects.toThrow('is being sent');
    await expect(sendMailOnce(db, order(later(seconds + 5)))).rejects.toThrow('is being sent');
    expect(mails).toHaveLength(1);
    expect(await sendMailOnce(db, order(later(seconds + 31)))).toBe('sent');
    expect(mails).toHaveLength(2);
  },
);

test.each([
  ['before its message comes again', false],
  ['while it is in doubt', true],
])('what SES tells of the mail %s keeps it from being sent a second time', async (_when, isInDoubt) => {
  await lostReply();
  if (isInDoubt) await expect(sendMailOnce(db, order(later(31)))).rejects.toThrow('is being sent');
  await markSent(db, told());
  expect(await sendMailOnce(db, order(later(3_600)))).toBe('sent-before');
  expect(mails).toHaveLength(1);
});

const markerOf = (id: string) => table.db({ table: { mailsSent: grant(mailsSent, 'get') } }).mailsSent.get({ id });

test('what SES tells of a mail that is marked, or is not of a reaction, changes nothing', async () => {
  await sendMailOnce(db, order());
  await markSent(db, { ...told(), messageId: 'another' });
  expect(await markerOf(`evt_${count}#order-confirmation`)).toMatchObject({ state: 'sent', messageId: 'm1' });
  await markSent(db, { messageId: 'm9', tags: { 'ses:configuration-set': ['mewayz-test'] } });
  await markSent(db, { messageId: 'm9', tags: { event: ['evt_none'], mail: ['welcome'] } });
  expect(await markerOf('evt_none#welcome')).toBeUndefined();
});

test('values are escaped in HTML only, and can not add a line to the subject', () => {
  const template = { subject: 'For {{name}}', html: '<b>{{name}}</b>', text: 'Dear {{name}}' };
  expect(renderMail(template, { name: '<A>\r\nBcc: x & y' })).toEqual({
    subject: 'For <A> Bcc: x & y',
    html: '<b>&lt;A&gt;\r\nBcc: x &amp; y</b>',
    text: 'Dear <A>\r\nBcc: x & y',
  });
});
