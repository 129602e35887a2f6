/** The SES client of this container. */
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientSettings } from './aws-client.ts';

let client: SESv2Client | undefined;

export function sesv2(): SESv2Client {
  client ??= newClient();
  return client;
}

function newClient(): SESv2Client {
  const settings = clientSettings(8_000);
  return new SESv2Client({
    ...settings,
    // One try only: whether a mail went out is decided by the caller, who must know of each try (see mail.ts).
    maxAttempts: 1,
    requestHandler: {
      ...settings.requestHandler,
      // With no second try, a container that is short of processor time must not take its own delay for the network's.
      connectionTimeout: 5_000,
      // A connection of its own for each mail: one that was kept may be closed by the other end just when it is used again, and then nobody
      // knows whether the mail went out.
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  });
}
