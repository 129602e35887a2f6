import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { withdrawMedia } from '../platform/objects.ts';
import { queue } from '../platform/queue.ts';
import { deleteAccount } from '../platform/user-directory.ts';
import { pictureFiles } from './avatar.ts';
import { userMarking } from './write-user.ts';

export const handler = queue({
  id: 'users.on-user-deleted.erase',
  on: [userDeleted],
  access: {
    table: userMarking,
    identity: ['AdminDeleteUser'],
    media: { prefix: 'media/avatars/', actions: ['delete'] },
  },
  errorImpact: 'The picture of a person who was erased is still shown, and their account stays in the user pool.',
  run: async ({ event, db }) => {
    const id = event.data.userId;
    const user = await db.users.get({ id }, { consistent: true });
    // Who was only deleted can come back.
    if (user?.erasedAt === undefined) return;
    await deleteAccount(id);
    const { avatar } = user;
    if (avatar === undefined) return;
    for (const { key } of pictureFiles(avatar)) await withdrawMedia(key);
    await db.write(db.users.update({ id }, { remove: ['avatar'], when: { avatar } }));
  },
});
