/** How sessions are kept: one item per sign-in, until it ends. */
import { entity } from '../platform/entity.ts';

export interface Session {
  userId: string;
  /** `ses_…`, made from `originJti`: whoever holds a token of the session can name its record without reading. */
  id: string;
  /** The user pool's name of the sign-in, in each of its access tokens. */
  originJti: string;
  createdAt: string;
  /** Of the sign-in or the last refresh: at most 15 minutes behind while the session is in use. */
  lastSeenAt: string;
  ip: string;
  userAgent: string;
  /** Browser and system in words: `Firefox on Windows`. */
  device: string;
  /** ISO 3166 code, as the edge says. */
  country?: string;
  rememberMe: boolean;
  /** Epoch second at which it ends whatever its user does. */
  expires: number;
}

export const sessions = entity<Session>()({
  name: 'Session',
  partition: 'SESSION',
  describes: 'A sign-in that has not ended',
  keyShape: 'SESSION#<user id> / SESSION#<session id>',
  key: (k: { userId: string; id: string }) => ({ pk: `SESSION#${k.userId}`, sk: `SESSION#${k.id}` }),
  keyOf: ({ userId, id }) => ({ userId, id }),
  patterns: {
    ofUser: {
      reads: 'Sessions of a user',
      range: ({ userId }: { userId: string }) => ({ pk: `SESSION#${userId}`, sk: { beginsWith: 'SESSION#' } }),
    },
  },
  expires: 'expires',
});
