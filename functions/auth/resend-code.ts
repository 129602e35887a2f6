import { resendCode } from '../../shared/contracts/auth/resend-code.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { accountFinding, findByEmail } from '../users/accounts.ts';
import { atEvenTime } from './even-time.ts';

export const handler = http(resendCode, {
  access: { table: accountFinding, identityClient: true },
  identity: createIdentity,
  errorImpact: 'Who lost the code cannot get another.',
  run: ({ body, db, identity, newId }) =>
    atEvenTime(async () => {
      const user = await findByEmail(db, body.email);
      // For anybody else a user that does not exist is asked for: the same work, and no mail.
      await identity.resendCode(user?.status === 'pending' ? user.id : newId('user'));
      return reply(
        { email: body.email },
        { message: 'If this address waits for its confirmation, a new code is on its way.' },
      );
    }),
});
