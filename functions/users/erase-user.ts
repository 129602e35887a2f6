import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { eraseUser } from '../../shared/contracts/users/erase-user.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { noCookies } from '../auth/cookies.ts';
import { createIdentity } from '../platform/cognito.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import type { Identity } from '../platform/identity.ts';
import { countAdministrator } from './administrators.ts';
import { avatarUploads } from './avatar.table.ts';
import { userPreferences, userProfiles } from './settings.table.ts';
import { userEmails, usernames } from './user.table.ts';
import { erasedUser } from './user.ts';
import { readForChange, userRanking, writeStanding } from './write-user.ts';

export const handler = http(eraseUser, {
  access: {
    table: {
      ...userRanking,
      emails: grant(userEmails, 'delete'),
      usernames: grant(usernames, 'delete'),
      profile: grant(userProfiles, 'delete'),
      preferences: grant(userPreferences, 'delete'),
      uploads: grant(avatarUploads, 'delete'),
    },
    identity: ['AdminInitiateAuth'],
    identityClient: true,
  },
  identity: createIdentity,
  errorImpact: 'Nobody can have what is held about them erased, which the law gives them a right to.',
  run: async (context) => {
    const { params, body, actor, db, now, identity, ifMatch } = context;
    const user = await readForChange(db, params.id, { ...context, deleted: true });
    const erased = erasedUser(user, { actor, now });
    ifMatch(user.version);
    if (user.id === actor.id) await demandPassword(identity, user.id, body.password);
    const userId = user.id;
    await writeStanding(db, user, erased, ride(userDeleted), [
      ...countAdministrator(db, user, erased),
      db.emails.delete({ name: user.email }),
      ...(user.username === undefined ? [] : [db.usernames.delete({ name: user.username })]),
      db.profile.delete({ userId }),
      db.preferences.delete({ userId }),
      db.uploads.delete({ userId }),
    ]);
    return reply(undefined, user.id === actor.id ? { cookies: noCookies() } : {});
  },
});

/** Errors: VALIDATION_ERROR unless it is the password of this account. */
async function demandPassword(identity: Identity, id: string, password: string | undefined): Promise<void> {
  if (password === undefined) throw invalid({ path: 'body.password', message: 'is needed to erase oneself' });
  const checked = await identity.signIn(id, password);
  if (checked.kind === 'refused') throw invalid({ path: 'body.password', message: 'is not your password' });
  if (checked.kind === 'challenge' && checked.challenge !== 'SOFTWARE_TOKEN_MFA')
    throw new AppError('INVALID_STATE', { details: { state: checked.challenge, allowed: [] } });
  // Those tokens were only the proof.
  if (checked.kind === 'tokens' && checked.tokens.refreshToken) await identity.revoke(checked.tokens.refreshToken);
}
