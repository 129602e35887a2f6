/**
 * Looks at what somebody sent as their picture, and makes of it the squares that everybody sees, or refuses it. A form works once: what
 * comes under an id that is not waiting is thrown away.
 */
import { userUpdated } from '../../events/users/user-updated.v1.ts';
import {
  AVATAR_MAX_PIXELS,
  AVATAR_MAX_SIDE,
  AVATAR_MIN_SIDE,
  type AvatarRefusal,
} from '../../shared/contracts/users/avatar-upload.ts';
import { type Db, ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { forgetUpload, publishMedia, readUpload, withdrawMedia } from '../platform/objects.ts';
import { readPicture, squareWebp } from '../platform/pictures.ts';
import { serviceEvent } from '../platform/service-event.ts';
import { avatarUploads } from './avatar.table.ts';
import { pictureFiles, readUploadKey } from './avatar.ts';
import { users } from './user.table.ts';

const limits = { minSide: AVATAR_MIN_SIDE, maxSide: AVATAR_MAX_SIDE, maxPixels: AVATAR_MAX_PIXELS };
/** A picture that ended this function twice is not tried a third time. */
const TRIES = 2;

const access = {
  table: { users: grant(users, 'get', 'update'), uploads: grant(avatarUploads, 'get', 'update') },
  uploads: { prefix: 'avatars/', actions: ['get', 'delete'] },
  media: { prefix: 'media/avatars/', actions: ['put', 'delete'] },
} as const;

export const handler = serviceEvent({
  id: 'users.on-avatar-uploaded.process',
  on: { name: 'Object Created', prefix: 'avatars/' },
  access,
  // Decoding 24 million pixels takes 300 MB; processor time follows memory.
  memoryMb: 1_024,
  errorImpact:
    'Pictures that people send of themselves do not appear; they do when the messages are redriven within a day.',
  run: async ({ detail, attempt, db, now }) => {
    const { key } = detail.object;
    const owner = readUploadKey(key);
    if (owner) {
      const file = await readUpload(key);
      if (file) await work(db, owner, file, attempt, now);
    }
    await forgetUpload(key);
  },
});

async function work(
  db: Db<typeof access>,
  { userId, id }: { userId: string; id: string },
  file: { bytes: Buffer; type: string | undefined },
  attempt: number,
  now: Date,
): Promise<void> {
  const expected = await db.uploads.get({ userId }, { consistent: true });
  if (expected?.id !== id) return;
  if (expected.state === 'ready') {
    // It was cut off after the change: the rest of it is done now.
    if (expected.replaces !== undefined) await withdraw(expected.replaces);
    return;
  }
  if (expected.state !== 'waiting') return;
  const picture = attempt > TRIES ? 'damaged' : await readPicture(file.bytes, file.type, limits);
  if (typeof picture === 'string') return refuse(db, userId, id, picture, now);

  const user = await db.users.get({ id: userId }, { consistent: true });
  if (!user || user.deletedAt !== undefined) return;
  for (const { side, key } of pictureFiles(id)) await publishMedia(key, await squareWebp(picture, side), 'image/webp');
  const at = now.toISOString();
  const former = user.avatar;
  const failures = await db.tryWrite(
    db.users.update(
      { id: userId },
      {
        set: { avatar: id, updatedAt: at, updatedBy: userId },
        add: { version: 1 },
        when: { deletedAt: { exists: false }, avatar: former ?? { exists: false } },
        events: [ride(userUpdated)],
      },
    ),
    db.uploads.update(
      { userId },
      {
        set: { state: 'ready', at, ...(former !== undefined && { replaces: former }) },
        when: { id, state: 'waiting' },
      },
    ),
  );
  if (failures.length > 0) {
    const stands = await db.uploads.get({ userId }, { consistent: true });
    // Somebody took the picture away, asked for another form or was deleted in this very moment; or another copy was faster.
    if (stands?.id !== id || stands.state !== 'ready') return withdraw(id);
  }
  if (former !== undefined && former !== id) await withdraw(former);
}

async function refuse(db: Db<typeof access>, userId: string, id: string, reason: AvatarRefusal, now: Date) {
  const refused = { state: 'refused' as const, reason, at: now.toISOString() };
  await db.tryWrite(db.uploads.update({ userId }, { set: refused, when: { id, state: 'waiting' } }));
}

/** Deletes the files of a picture that nobody shows any more. */
async function withdraw(id: string): Promise<void> {
  for (const { key } of pictureFiles(id)) await withdrawMedia(key);
}
