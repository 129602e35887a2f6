/** Forms expire: the policy that S3 holds them to says when. */
import { environmentNames } from './env.ts';
import { signPostForm } from './post-form.ts';

test('a form fixes bucket, key, type and size, and ends after its time', async () => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    [environmentNames.uploadsBucket]: 'files',
  });
  const now = new Date('2026-11-21T09:30:00.000Z');
  const { url, fields, expiresAt } = await signPostForm({
    key: 'avatars/me',
    contentType: 'image/png',
    maxBytes: 10,
    seconds: 300,
    now,
  });
  expect(url).toBe('https://files.s3.us-east-1.amazonaws.com/');
  expect(expiresAt.toISOString()).toBe('2026-11-21T09:35:00.000Z');
  expect(JSON.parse(Buffer.from(fields.policy ?? '', 'base64').toString())).toEqual({
    expiration: '2026-11-21T09:35:00.000Z',
    conditions: [
      { bucket: 'files' },
      { key: 'avatars/me' },
      { 'Content-Type': 'image/png' },
      { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
      { 'x-amz-credential': 'AKIDEXAMPLE/20261121/us-east-1/s3/aws4_request' },
      { 'x-amz-date': '20261121T093000Z' },
      { 'x-amz-security-token': 'session' },
      ['content-length-range', 1, 10],
    ],
  });
});
