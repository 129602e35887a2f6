/** The form by which a picture is sent: for oneself, of a type that is taken, and the one before ends. */
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { avatarUploads } from './avatar.table.ts';
import { handler } from './request-avatar-upload.ts';

let platform: Operations;
beforeAll(async () => {
  platform = await startOperations();
});
afterAll(() => platform.stop());

it('gives a form with a key of its own, and only the newest waits', async () => {
  const ann = await platform.person('user');
  const ask = () => platform.call(handler, { as: ann, params: { id: ann.id }, body: { contentType: 'image/webp' } });
  const [first, second] = [await ask(), await ask()];
  expect(first.status).toBe(201);
  const { uploadId, fields } = second.json.data;
  expect(fields).toMatchObject({ key: `avatars/${ann.id}/${uploadId}`, 'Content-Type': 'image/webp' });
  expect(uploadId).not.toBe(first.json.data.uploadId);
  const db = platform.table.db({ table: { uploads: grant(avatarUploads, 'get') } });
  const waiting = await db.uploads.get({ userId: ann.id }, { consistent: true });
  expect(waiting).toMatchObject({ id: uploadId, state: 'waiting' });
});

it('gives none for somebody else, nor for what is no picture', async () => {
  const [ann, bob] = [await platform.person('user'), await platform.person('user')];
  const ask = (id: string, contentType: string) =>
    platform.call(handler, { as: ann, params: { id }, body: { contentType } });
  expect((await ask(bob.id, 'image/png')).status).toBe(404);
  expect((await ask(ann.id, 'image/svg+xml')).status).toBe(400);
});
