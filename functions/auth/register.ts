import { register } from '../../shared/contracts/auth/register.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { refusingCommonPasswords } from '../platform/uncommon-password.ts';
import {
  accountOpening,
  findByEmail,
  isUsernameTaken,
  newUser,
  openAccount,
  reserveUsername,
} from '../users/accounts.ts';
import { atEvenTime } from './even-time.ts';

const usernameTaken = () => new AppError('DUPLICATE_ENTITY', { details: { field: 'body.username' } });

export const handler = http(refusingCommonPasswords(register), {
  access: { table: accountOpening, identityClient: true, identity: ['AdminDeleteUser', 'AdminInitiateAuth'] },
  identity: createIdentity,
  errorImpact: 'Nobody can register.',
  run: ({ body, db, identity, now, newId }) =>
    atEvenTime(async () => {
      const { email, password, username } = body;
      const answer = reply(
        { email, next: 'confirm' as const },
        { message: 'We have sent a code to this address. Enter it to confirm the address.' },
      );
      const [owner, nameTaken] = await Promise.all([
        findByEmail(db, email),
        username === undefined ? false : isUsernameTaken(db, username),
      ]);
      if (nameTaken) throw usernameTaken();
      const id = newId('user');
      if (owner) {
        // Much the same work as below, and the same answer.
        await Promise.all([
          identity.signIn(id, password),
          identity.resendCode(owner.status === 'pending' ? owner.id : id),
          username === undefined ? undefined : reserveUsername(db, username, now),
        ]);
        return answer;
      }
      if ((await identity.signUp({ id, email, password })) === 'password-refused')
        throw invalid({ path: 'body.password', message: 'is not accepted by the user directory' });
      const outcome = await openAccount(db, newUser(body, { id, now }));
      // Somebody was faster: the user that was just made in the pool belongs to nobody.
      if (outcome !== 'opened') await identity.deleteUser(id);
      if (outcome === 'username-taken') throw usernameTaken();
      return answer;
    }),
});
