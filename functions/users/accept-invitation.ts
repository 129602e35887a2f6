import { userVerified } from '../../events/users/user-verified.v1.ts';
import { acceptInvitation } from '../../shared/contracts/users/accept-invitation.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { refusingCommonPasswords } from '../platform/uncommon-password.ts';
import { acceptInvitation as tradePassword } from '../platform/user-directory.ts';
import { accountFinding, findByEmail } from './accounts.ts';
import { acceptedUser } from './user.ts';
import { userRanking, writeRank } from './write-user.ts';

export const handler = http(refusingCommonPasswords(acceptInvitation), {
  access: {
    table: { ...accountFinding, ...userRanking },
    identityClient: true,
    identity: ['AdminInitiateAuth', 'AdminRespondToAuthChallenge'],
  },
  errorImpact: 'Who was invited never gets in.',
  run: async ({ body, db, now, newId }) => {
    const { email, temporaryPassword, password } = body;
    const user = await findByEmail(db, email);
    const outcome = await tradePassword(user?.id ?? newId('user'), temporaryPassword, password);
    if (user?.status !== 'pending' || user.invitedAt === undefined || outcome === 'refused')
      throw new AppError('INVALID_CREDENTIALS');
    if (outcome === 'password-refused')
      throw invalid({ path: 'body.password', message: 'is not accepted by the user directory' });
    await writeRank(db, user, acceptedUser(user, now), ride(userVerified));
    return { email, status: 'active' as const };
  },
});
