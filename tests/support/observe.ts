/** What tests look at beside the API: the mailbox, the bus, queues and logs of a running platform. */
import type { RunningPlatform } from './platform.ts';

export { eventually } from '../../local/testing/eventually.ts';

export interface Mail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  at: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each page of the console has a shape of its own
export async function consolePage(platform: RunningPlatform, path: string): Promise<any> {
  const response = await fetch(`${platform.endpoint}/_local/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

export async function mailsTo(platform: RunningPlatform, address: string): Promise<Mail[]> {
  const mails: Mail[] = await consolePage(platform, `mail.json?limit=5000&to=${encodeURIComponent(address)}`);
  return mails.filter(({ to }) => to.includes(address));
}

/** The six digits of a mail of the user pool; undefined when it has none. */
export const codeOf = ({ text }: Mail): string | undefined => /\b\d{6}\b/.exec(text)?.[0];

/** No event waits for its queue and no message for its function. */
export async function isAtRest(platform: RunningPlatform): Promise<boolean> {
  const { pendingDeliveries } = await consolePage(platform, 'api/events');
  const queues: { name: string; visible: number; inFlight: number; delayed: number }[] = await consolePage(
    platform,
    'api/sqs',
  );
  const busy = queues.filter(
    ({ name, visible, inFlight, delayed }) => !name.endsWith('-dead') && visible + inFlight + delayed > 0,
  );
  return pendingDeliveries === 0 && busy.length === 0;
}

/** Names of dead-letter queues that hold something. */
export async function deadLetters(platform: RunningPlatform): Promise<string[]> {
  const queues: { name: string; visible: number }[] = await consolePage(platform, 'api/sqs');
  return queues.filter(({ name, visible }) => name.endsWith('-dead') && visible > 0).map(({ name }) => name);
}

/** Newest log lines of a function by its id (`orders.place-order`). */
export async function logsOf(platform: RunningPlatform, functionId: string, stage = 'dev'): Promise<string[]> {
  const group = `/aws/lambda/mewayz-${stage}-${functionId.replaceAll('.', '-')}`;
  const lines: { message: string }[] = await consolePage(platform, `api/logs?group=${encodeURIComponent(group)}`);
  return lines.map(({ message }) => message);
}
