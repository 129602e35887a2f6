import { AVATAR_MAX_BYTES } from '../../shared/contracts/users/avatar-upload.ts';
import { requestAvatarUpload } from '../../shared/contracts/users/request-avatar-upload.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { signPostForm } from '../platform/post-form.ts';
import { avatarUploads } from './avatar.table.ts';
import { newUpload, uploadKey } from './avatar.ts';
import { demandUser } from './settings.ts';
import { userReading } from './write-user.ts';

/** Long enough to send eight megabytes over a slow line. */
const FORM_SECONDS = 300;

export const handler = http(requestAvatarUpload, {
  access: {
    table: { ...userReading, uploads: grant(avatarUploads, 'put') },
    uploads: { prefix: 'avatars/', actions: ['put'] },
  },
  errorImpact: 'Nobody can send a picture of themselves.',
  run: async (context) => {
    const { params, body, db, now, newId } = context;
    await demandUser(db, params.id, context);
    const uploadId = newId('upload');
    const { url, fields, expiresAt } = await signPostForm({
      key: uploadKey(params.id, uploadId),
      contentType: body.contentType,
      maxBytes: AVATAR_MAX_BYTES,
      seconds: FORM_SECONDS,
      now,
    });
    await db.write(db.uploads.put(newUpload(params.id, uploadId, now), { replace: true }));
    return reply({
      uploadId,
      url,
      method: 'POST' as const,
      fields,
      maxBytes: AVATAR_MAX_BYTES,
      expiresAt: expiresAt.toISOString(),
    });
  },
});
