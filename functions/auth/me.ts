import { me } from '../../shared/contracts/auth/me.ts';
import { notFound } from '../../shared/errors.ts';
import { http, reply } from '../platform/http.ts';
import { accountReading, userView } from '../users/accounts.ts';
import { userLinks } from '../users/user-links.ts';

export const handler = http(me, {
  access: { table: accountReading },
  errorImpact: 'The web application does not know who is signed in.',
  run: async (context) => {
    const user = await context.db.users.get({ id: context.actor.id }, { consistent: true });
    if (!user) throw notFound();
    return reply(userView(user, userLinks(user.id, context)), { version: user.version });
  },
});
