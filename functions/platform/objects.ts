/** Objects of the two buckets of files: what people sent, until it is looked at, and what is made of it for everybody to see. */
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from './aws-client.ts';
import { env } from './env.ts';

let client: S3Client | undefined;
function s3(): S3Client {
  client ??= new S3Client(clientSettings(8_000));
  return client;
}

/** What was uploaded under this key; undefined when it is gone. Needs `uploads` with `get`. */
export async function readUpload(key: string): Promise<{ bytes: Buffer; type: string | undefined } | undefined> {
  try {
    const { Body, ContentType } = await s3().send(new GetObjectCommand({ Bucket: env('uploadsBucket'), Key: key }));
    return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), type: ContentType };
  } catch (error) {
    // Without the right to list the bucket, S3 does not say that a key is missing.
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'AccessDenied')) return undefined;
    throw error;
  }
}
/** Needs `uploads` with `delete`. */
export async function forgetUpload(key: string): Promise<void> {
  await s3().send(new DeleteObjectCommand({ Bucket: env('uploadsBucket'), Key: key }));
}

/** Shows a file under a path that never shows anything else: it may be kept by everybody for ever. Needs `media` with `put`. */
export async function publishMedia(key: string, bytes: Buffer, contentType: string): Promise<void> {
  await s3().send(
    new PutObjectCommand({
      Bucket: env('mediaBucket'),
      Key: key,
      Body: bytes,
      ContentType: contentType,
      CacheControl: 'public, max-age=31536000, immutable',
    }),
  );
}
/** Needs `media` with `delete`. */
export async function withdrawMedia(key: string): Promise<void> {
  await s3().send(new DeleteObjectCommand({ Bucket: env('mediaBucket'), Key: key }));
}
