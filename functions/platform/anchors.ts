/** The bucket with object lock that holds the ends of the audit trail's days. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from './aws-client.ts';
import { env } from './env.ts';

let client: S3Client | undefined;

/** Key of a day's anchor. */
export const anchorKey = (day: string) => `audit/${day}.json`;

/** Locks the anchor of a day away, once. Answers false when it was there before: it stays as it is. Needs `anchor` access. */
export async function lockAnchor(day: string, anchor: object): Promise<boolean> {
  client ??= new S3Client(clientSettings(8_000));
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: env('auditBucket'),
        Key: anchorKey(day),
        Body: JSON.stringify(anchor),
        ContentType: 'application/json',
        IfNoneMatch: '*',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
