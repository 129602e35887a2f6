/**
 * Signs forms by which browsers upload straight to S3 (POST policy, Signature Version 4). The form fixes the object's key, its content
 * type and its size; it can do nothing else. By hand, because the SDK's own signer brings the whole S3 client along.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
 */
import { createHmac } from 'node:crypto';
import { env, runtimeEnv } from './env.ts';
import { defaultProvider } from './lambda-credentials.ts';

export interface PostForm {
  url: string;
  fields: Record<string, string>;
  expiresAt: Date;
}

/** Needs the `uploads` access with `put` for the key: S3 asks for the signer's right when the form is used. */
export async function signPostForm(options: {
  key: string;
  contentType: string;
  maxBytes: number;
  /** The form works until then. */
  seconds: number;
  now: Date;
}): Promise<PostForm> {
  const { key, contentType, maxBytes, seconds, now } = options;
  const { accessKeyId, secretAccessKey, sessionToken } = await defaultProvider()();
  const { region, endpointUrl } = runtimeEnv();
  const bucket = env('uploadsBucket');
  const date = now.toISOString().replace(/\.\d+|[-:]/g, '');
  const day = date.slice(0, 8);
  const expiresAt = new Date(now.getTime() + seconds * 1_000);
  const fixed = {
    key,
    'Content-Type': contentType,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/${day}/${region}/s3/aws4_request`,
    'x-amz-date': date,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: expiresAt.toISOString(),
      conditions: [
        { bucket },
        ...Object.entries(fixed).map(([name, value]) => ({ [name]: value })),
        ['content-length-range', 1, maxBytes],
      ],
    }),
  ).toString('base64');
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest();
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return {
    url: endpointUrl === undefined ? `https://${bucket}.s3.${region}.amazonaws.com/` : `${endpointUrl}/${bucket}`,
    fields: { ...fixed, policy, 'x-amz-signature': hmac(signingKey, policy).toString('hex') },
    expiresAt,
  };
}
