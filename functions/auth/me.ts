import { me } from '../../shared/contracts/auth/me.ts';
import { http, reply } from '../platform/http.ts';
import { userView } from '../users/accounts.ts';
import { userLinks } from '../users/user-links.ts';

export const handler = http(me, {
  access: {},
  errorImpact: 'The web application does not know who is signed in.',
  run: async (context) => {
    const { user } = context;
    const view = userView(user, userLinks(user.id, context));
    return reply({ ...view, mustEnrol: user.mustEnrol ?? false }, { version: user.version });
  },
});
