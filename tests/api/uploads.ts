/** Pictures that people send of themselves, from the form to what everybody sees: what is taken, what is refused and why, on the whole platform. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import sharp from 'sharp';
import { environmentNames } from '../../functions/platform/env.ts';
import { signPostForm } from '../../functions/platform/post-form.ts';
import { users } from '../../functions/users/user.table.ts';
import { AVATAR_MAX_BYTES } from '../../shared/contracts/users/avatar-upload.ts';
import { deleteAvatar } from '../../shared/contracts/users/delete-avatar.ts';
import { getUser } from '../../shared/contracts/users/get-user.ts';
import { listUsers } from '../../shared/contracts/users/list-users.ts';
import { requestAvatarUpload } from '../../shared/contracts/users/request-avatar-upload.ts';
import { dataOf } from '../support/api.ts';
import { deadLetters, eventually } from '../support/observe.ts';
import { newPerson, operator, type Person } from '../support/people.ts';
import { formFor, outcomeOf, profileOf, sendForm, type UploadForm } from '../support/pictures.ts';
import { platformOfFile, type RunningPlatform, sdk } from '../support/platform.ts';

let platform: RunningPlatform;
let admin: Person;
let png: Buffer;
beforeAll(async () => {
  platform = await platformOfFile();
  admin = await newPerson(platform, 'admin');
  png = await picture(300, 200, '#c33').png().toBuffer();
}, 60_000);
afterAll(() => platform?.stop());

const picture = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });
const shown = (path: string) => fetch(`${platform.web}${path}`);
const bucketNamed = (what: 'uploads' | 'media') => `mewayz-dev-${what}-000000000000-us-east-1`;
/** Keys that lie in one of our buckets. */
async function filesIn(bucket: 'uploads' | 'media', under: string): Promise<string[]> {
  const { Contents = [] } = await new S3Client({ ...sdk(platform), forcePathStyle: true }).send(
    new ListObjectsV2Command({ Bucket: bucketNamed(bucket), Prefix: under }),
  );
  return Contents.map(({ Key }) => Key ?? '');
}
async function withPicture(): Promise<{ person: Person; uploadId: string; avatar: { small: string; large: string } }> {
  const person = await newPerson(platform, 'user');
  const form = await formFor(person);
  expect((await sendForm(form, png)).status).toBe(204);
  expect(await outcomeOf(person, form.uploadId)).toMatchObject({ state: 'ready' });
  return { person, uploadId: form.uploadId, avatar: (await profileOf(person)).avatar };
}

test('a picture is cut to squares, encoded anew and shown from our own origin for good', async () => {
  const { person, uploadId, avatar } = await withPicture();
  for (const [path, side] of [
    [avatar.small, 64],
    [avatar.large, 256],
  ] as const) {
    const response = await shown(path);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const { width, height, format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect({ width, height, format }).toEqual({ width: side, height: side, format: 'webp' });
  }
  expect(dataOf(await admin.api.call(getUser, { params: { id: person.id } })).avatar).toEqual(avatar);
  await eventually('the list shows it', async () => {
    const { json } = await admin.api.call(listUsers, { query: { limit: '100' } });
    return json.data.some((user: { id: string; avatar?: object }) => user.id === person.id && user.avatar);
  });
  expect(await filesIn('uploads', `avatars/${person.id}/`)).toEqual([]);
  const { tableName } = operator(platform);
  const { Item } = await DynamoDBDocumentClient.from(new DynamoDBClient(sdk(platform))).send(
    new GetCommand({ TableName: tableName, Key: users.key({ id: person.id }) }),
  );
  expect(Item?.ev).toEqual([expect.objectContaining({ n: 'UserUpdated' })]);
  expect(Item?.avatar).toBe(uploadId);
});

test('a new picture takes the place of the old one, whose files are gone; taking it away leaves none', async () => {
  const { person, uploadId } = await withPicture();
  const jpeg = await picture(200, 200, '#3c3').jpeg().toBuffer();
  const form = await formFor(person, 'image/jpeg');
  await sendForm(form, jpeg);
  await outcomeOf(person, form.uploadId);
  await eventually(
    'the old files are gone',
    async () => (await filesIn('media', `media/avatars/${uploadId}`)).length === 0,
  );
  expect(await filesIn('media', `media/avatars/${form.uploadId}`)).toHaveLength(2);
  const unused = await formFor(person);
  expect((await person.api.call(deleteAvatar, { params: { id: person.id } })).status).toBe(204);
  expect(await filesIn('media', `media/avatars/${form.uploadId}`)).toEqual([]);
  expect((await profileOf(person)).avatar).toBeUndefined();
  // A form that was asked for before brings nothing back.
  await sendForm(unused, png);
  await eventually('it is thrown away', async () => (await filesIn('uploads', `avatars/${person.id}/`)).length === 0);
  expect((await profileOf(person)).avatar).toBeUndefined();
});

test('a form that was used is good for nothing any more', async () => {
  const { person, avatar } = await withPicture();
  const form = await formFor(person);
  await sendForm(form, await picture(100, 100, '#33c').webp().toBuffer());
  // It said that it would be PNG.
  expect(await outcomeOf(person, form.uploadId)).toMatchObject({ state: 'refused', reason: 'another-type' });
  await sendForm(form, png);
  await eventually('it is thrown away', async () => (await filesIn('uploads', `avatars/${person.id}/`)).length === 0);
  expect(await profileOf(person)).toMatchObject({ avatar, avatarUpload: { state: 'refused' } });
});

describe('S3 itself refuses', () => {
  let form: UploadForm;
  beforeAll(async () => {
    form = await formFor(admin);
  });
  test.each<[string, () => Promise<{ status: number; text: string }>, string]>([
    ['another type', () => sendForm(form, png, { 'Content-Type': 'image/svg+xml' }), 'Policy Condition failed'],
    ['too many bytes', () => sendForm(form, Buffer.alloc(AVATAR_MAX_BYTES + 1)), 'EntityTooLarge'],
    ['no bytes', () => sendForm(form, Buffer.alloc(0)), 'EntityTooSmall'],
    [
      'a path in the key',
      () => sendForm(form, png, { key: `${form.fields.key}/../../admin.png` }),
      'Policy Condition failed',
    ],
    ['the key of somebody else', () => sendForm(form, png, { key: 'avatars/usr_1/upl_1' }), 'Policy Condition failed'],
    ['a field more', () => sendForm(form, png, { acl: 'public-read' }), 'Extra input fields'],
    ['another signature', () => sendForm(form, png, { 'x-amz-signature': '0'.repeat(64) }), 'SignatureDoesNotMatch'],
    [
      'another policy',
      () => {
        const policy = JSON.parse(Buffer.from(form.fields.policy ?? '', 'base64').toString());
        const longer = Buffer.from(JSON.stringify({ ...policy, expiration: '2099-01-01T00:00:00.000Z' }));
        return sendForm(form, png, { policy: longer.toString('base64') });
      },
      'SignatureDoesNotMatch',
    ],
  ])('%s', async (_, attempt, reason) => {
    const { status, text } = await attempt();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(reason);
  });

  test('a form that has expired', async () => {
    const person = await newPerson(platform, 'user');
    const { key = '' } = (await formFor(person)).fields;
    operator(platform);
    process.env[environmentNames.uploadsBucket] = bucketNamed('uploads');
    // As the function signs it, six minutes ago.
    const now = new Date(Date.now() - 360_000);
    const old = await signPostForm({ key, contentType: 'image/png', maxBytes: AVATAR_MAX_BYTES, seconds: 300, now });
    const { status, text } = await sendForm(old, png);
    expect(status).toBe(403);
    expect(text).toContain('Policy expired');
  });

  test('a file name with a path changes nothing: the key is the form’s', async () => {
    const person = await newPerson(platform, 'user');
    const own = await formFor(person);
    expect((await sendForm(own, png, {}, '../../etc/passwd.png')).status).toBe(204);
    expect(await outcomeOf(person, own.uploadId)).toMatchObject({ state: 'ready' });
  });
});

test('types that are no pictures are not given a form', async () => {
  for (const contentType of ['image/svg+xml', 'text/html', 'image/png; charset=utf-8', 'application/octet-stream']) {
    const reply = await admin.api.call(requestAvatarUpload, { params: { id: admin.id }, body: { contentType } });
    expect([reply.status, reply.code]).toEqual([400, 'VALIDATION_ERROR']);
  }
});

test.each([
  [
    'SVG with a script',
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    'not-a-picture',
  ],
  ['HTML', async () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'not-a-picture'],
  [
    'a picture with a page behind it',
    async () => Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]),
    'damaged',
  ],
  ['a bomb', () => picture(9_000, 9_000, '#fff').png({ compressionLevel: 9 }).toBuffer(), 'too-many-pixels'],
  ['a dot', () => picture(8, 8, '#fff').png().toBuffer(), 'too-few-pixels'],
])('%s is refused, and the person is told why', async (_, make, reason) => {
  const person = await newPerson(platform, 'user');
  const form = await formFor(person);
  expect((await sendForm(form, await make())).status).toBe(204);
  expect(await outcomeOf(person, form.uploadId)).toMatchObject({
    state: 'refused',
    reason,
    message: expect.stringMatching(/\w{3,}/),
  });
  expect((await profileOf(person)).avatar).toBeUndefined();
  await eventually('it is not kept', async () => (await filesIn('uploads', `avatars/${person.id}/`)).length === 0);
  expect(await filesIn('media', `media/avatars/${form.uploadId}`)).toEqual([]);
});

test('nothing of all this was given up on', async () => {
  expect(await deadLetters(platform)).toEqual([]);
});
