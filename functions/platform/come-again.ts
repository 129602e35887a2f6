/**
 * When messages that failed come again. Left alone, a queue hides them for its whole visibility timeout, six times as long as the function may
 * run: minutes for what a moment would mend. So the function itself says when, later with each try.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { clientSettings } from './aws-client.ts';
import { asError } from './observe.ts';
import { once } from './once.ts';

/** Seconds until the next try, after the first, second, … one; the last stands for all further. */
const PAUSES = [5, 30, 120, 600] as const;
/** What one request may carry. */
const TOGETHER = 10;

/** After so many receives (from 1), in seconds. */
export function pauseAfter(receives: number): number {
  return PAUSES[Math.min(Math.max(receives, 1), PAUSES.length) - 1] as number;
}

// Loaded by the first failure: a function that does not fail pays nothing for it.
const sqs = once(async () => {
  const { ChangeMessageVisibilityBatchCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient({ ...clientSettings(3_000), useQueueUrlAsEndpoint: false });
  return (QueueUrl: string, Entries: { Id: string; ReceiptHandle: string; VisibilityTimeout: number }[]) =>
    client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
});

/** Has each record's queue show it again after its pause. Throws when the queue can not be told: its visibility timeout stands then. */
export async function comeAgain(records: readonly SQSRecord[]): Promise<void> {
  if (records.length === 0) return;
  const change = await sqs();
  for (const [arn, ofQueue] of Map.groupBy(records, ({ eventSourceARN }) => eventSourceARN)) {
    const [, , , region, account, name] = arn.split(':');
    for (let from = 0; from < ofQueue.length; from += TOGETHER)
      await change(
        `https://sqs.${region}.amazonaws.com/${account}/${name}`,
        ofQueue.slice(from, from + TOGETHER).map(({ receiptHandle, attributes }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: pauseAfter(Number(attributes.ApproximateReceiveCount)),
        })),
      );
  }
}

/** What a function answers after a batch: these go back to their queue and come again after their pauses, the others are done. */
export async function giveBack(failed: readonly SQSRecord[], log: Logger): Promise<SQSBatchResponse> {
  await comeAgain(failed).catch((error) => log.warn('failed messages come again late', { error: asError(error) }));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
