/** For tests: SES on loopback; what is sent stands in `mails`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { environmentNames } from '../env.ts';

export interface Received {
  to: readonly string[];
  subject: string;
  html: string;
  text: string;
}
export interface Mailbox {
  readonly mails: Received[];
  /** The next mail is refused with this status. */
  refuseNext(status: number): void;
  stop(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: Received[] = [];
  let refusal: number | undefined;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const status = refusal ?? 200;
      refusal = undefined;
      if (status === 200) {
        const { Destination, Content } = JSON.parse(text);
        const { Subject, Body } = Content.Simple;
        mails.push({ to: Destination.ToAddresses, subject: Subject.Data, html: Body.Html.Data, text: Body.Text.Data });
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ MessageId: `mail-${mails.length}` }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  process.env.AWS_ENDPOINT_URL_SESV2 = `http://127.0.0.1:${port}`;
  process.env[environmentNames.mailFrom] = 'shop@example.com';
  return {
    mails,
    refuseNext(status) {
      refusal = status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
