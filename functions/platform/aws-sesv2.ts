/** The SES client of this container. */
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientSettings } from './aws-client.ts';

let client: SESv2Client | undefined;

export function sesv2(): SESv2Client {
  // One try only: whether a mail went out is decided by the caller, who must know of each try (see mail.ts).
  client ??= new SESv2Client({ ...clientSettings(8_000), maxAttempts: 1 });
  return client;
}
