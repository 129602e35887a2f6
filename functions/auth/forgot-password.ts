import { forgotPassword } from '../../shared/contracts/auth/forgot-password.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { accountFinding, findByEmail } from '../users/accounts.ts';
import { atEvenTime } from './even-time.ts';
import { noteSecurity, securityNoting } from './note-security.ts';

export const handler = http(forgotPassword, {
  access: { table: { ...accountFinding, ...securityNoting }, identityClient: true },
  identity: createIdentity,
  errorImpact: 'Who forgot the password stays out.',
  run: (context) =>
    atEvenTime(async () => {
      const { body, db, identity, newId } = context;
      const found = await findByEmail(db, body.email);
      const user = found?.status === 'active' ? found : undefined;
      // For anybody else a user that does not exist is asked for: the same work, and no mail.
      await Promise.all([
        identity.forgotPassword(user?.id ?? newId('user')),
        noteSecurity(context, user, 'password-reset-asked'),
      ]);
      return reply(
        { email: body.email },
        { message: 'If there is an account with this address, a code to set a new password is on its way.' },
      );
    }),
});
