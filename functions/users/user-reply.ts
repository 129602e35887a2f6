import type { Actor } from '../platform/http/context.ts';
import { reply } from '../platform/http.ts';
import type { User } from './user.table.ts';
import { userView } from './user.ts';
import { userLinks } from './user-links.ts';

/** Answers a user as just read or written, with what the caller may do with it next. */
export function userReply(
  user: User,
  context: { actor: Actor; face: 'browser' | 'partner' },
  options: { location?: string } = {},
) {
  return reply(userView(user, userLinks(user.id, context, user)), { version: user.version, ...options });
}
