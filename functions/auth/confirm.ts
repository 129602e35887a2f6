import { createHash } from 'node:crypto';
import { confirm } from '../../shared/contracts/auth/confirm.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http } from '../platform/http.ts';
import { accountChanging, activate, findByEmail } from '../users/accounts.ts';

/** One message for each reason that is not the caller's to know. */
const wrongCode = () => invalid({ path: 'body.code', message: 'is wrong or has expired: ask for a new one' });

export const handler = http(confirm, {
  access: { table: accountChanging, identityClient: true, identity: ['AdminAddUserToGroup'] },
  identity: createIdentity,
  errorImpact: 'New users cannot confirm their address and never get in.',
  run: async ({ body, db, identity, now, newId }) => {
    const user = await findByEmail(db, body.email);
    const outcome = await identity.confirmSignUp(user?.id ?? newId('user'), body.code);
    if (outcome === 'too-many-attempts') throw new AppError('RATE_LIMITED', { headers: { 'retry-after': '900' } });
    const answer = { email: body.email, status: 'active' as const };
    if (!user) throw wrongCode();
    const mark = createHash('sha256').update(`${user.id}\n${body.code}`).digest('base64url').slice(0, 22);
    if (user.status === 'active' && user.confirmedWith === mark) return answer;
    // Confirmed in the pool but still pending here: an earlier try was cut off in between, and this one completes it.
    const confirmed = outcome === 'confirmed' || outcome === 'already-confirmed';
    if (!confirmed || user.status !== 'pending') throw wrongCode();
    await identity.addToGroup(user.id, user.role);
    await activate(db, user, mark, now);
    return answer;
  },
});
