import { userUpdated } from '../../events/users/user-updated.v1.ts';
import { deleteAvatar } from '../../shared/contracts/users/delete-avatar.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { withdrawMedia } from '../platform/objects.ts';
import { avatarUploads } from './avatar.table.ts';
import { pictureFiles } from './avatar.ts';
import { demandUser } from './settings.ts';
import { userMarking } from './write-user.ts';

export const handler = http(deleteAvatar, {
  access: {
    table: { ...userMarking, uploads: grant(avatarUploads, 'delete') },
    media: { prefix: 'media/avatars/', actions: ['delete'] },
  },
  errorImpact: 'Nobody can take the picture of themselves away.',
  run: async (context) => {
    const { params, actor, db, now } = context;
    const { avatar } = await demandUser(db, params.id, context);
    // A form that was not used yet would bring a picture back.
    await db.write(db.uploads.delete({ userId: params.id }));
    if (avatar !== undefined) {
      // The files first: cut off in between, it can be asked for again.
      for (const { key } of pictureFiles(avatar)) await withdrawMedia(key);
      const stamp = { updatedAt: now.toISOString(), updatedBy: actor.id };
      await db.write(
        db.users.update(
          { id: params.id },
          { set: stamp, remove: ['avatar'], add: { version: 1 }, when: { avatar }, events: [ride(userUpdated)] },
        ),
      );
    }
    return reply(undefined);
  },
});
