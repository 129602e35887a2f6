/** What the auth area may do with users. The rights that it needs stand beside each function. */
import { userLoggedIn } from '../../events/users/user-logged-in.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { userVerified } from '../../events/users/user-verified.v1.ts';
import { AppError } from '../../shared/errors.ts';
import { type Db, type Ride, ride, type WriteOp } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { type User, userEmails, usernames, users } from './user.table.ts';
import { withRevoked } from './user.ts';

export { newUser, userView } from './user.ts';
export type { User };

export const accountReading = { users: grant(users, 'get') } as const;
export const accountFinding = { emails: grant(userEmails, 'get'), users: grant(users, 'get') } as const;
export const accountOpening = {
  emails: grant(userEmails, 'get', 'put'),
  usernames: grant(usernames, 'get', 'put'),
  users: grant(users, 'get', 'put'),
} as const;
/** To write a new user, without a look at what is taken before. */
export const accountWriting = {
  emails: grant(userEmails, 'put'),
  usernames: grant(usernames, 'put'),
  users: grant(users, 'put'),
} as const;
export const accountChanging = { emails: grant(userEmails, 'get'), users: grant(users, 'get', 'update') } as const;
export const sessionEnding = { users: grant(users, 'get', 'update') } as const;

/** An id that nobody gets: its time is the beginning of time. */
const NOBODY = `usr_${'0'.repeat(26)}`;

/** The user to whom an e-mail address belongs. Reads as much for an address that belongs to nobody: the time must not tell. */
export async function findByEmail(db: Db<{ table: typeof accountFinding }>, email: string): Promise<User | undefined> {
  const guard = await db.emails.get({ name: email }, { consistent: true });
  return db.users.get({ id: guard?.userId ?? NOBODY }, { consistent: true });
}

export async function isUsernameTaken(db: Db<{ table: typeof accountOpening }>, username: string): Promise<boolean> {
  return (await db.usernames.get({ name: username }, { consistent: true })) !== undefined;
}

/**
 * Writes a new user with its guards, and what else belongs to it. Answers what was taken in the meantime; then nothing is written. A user with
 * this very id was opened by an attempt of the same request that was lost before it could answer.
 */
export async function openAccount(
  db: Db<{ table: typeof accountWriting }>,
  user: User,
  options: { events?: readonly Ride[]; also?: readonly WriteOp[] } = {},
): Promise<'opened' | 'email-taken' | 'username-taken'> {
  const email = db.emails.put({ name: user.email, userId: user.id });
  const failures = await db.tryWrite(
    db.users.put(user, { events: [ride(userRegistered), ...(options.events ?? [])] }),
    email,
    ...(user.username ? [db.usernames.put({ name: user.username, userId: user.id })] : []),
    ...(options.also ?? []),
  );
  const isOpened = failures.some(({ current }) => current?.id === user.id || current?.userId === user.id);
  if (failures.length === 0 || isOpened) return 'opened';
  return failures.some((failure) => failure.op === email) ? 'email-taken' : 'username-taken';
}

/** Seconds for which a username stays reserved that was asked for together with an address that is taken. */
const RESERVED_SECONDS = 86_400;
/** Does for a username what `openAccount` does, without a user: from outside the two must look the same. */
export async function reserveUsername(
  db: Db<{ table: typeof accountOpening }>,
  username: string,
  now: Date,
): Promise<void> {
  const expires = Math.floor(now.getTime() / 1_000) + RESERVED_SECONDS;
  await db.tryWrite(db.usernames.put({ name: username, userId: 'nobody', expires }));
}

type Changing = Db<{ table: typeof sessionEnding }>;

/** The confirmed user becomes active. Who is no longer pending stays as they are. */
export async function activate(db: Changing, user: User, confirmedWith: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await db.tryWrite(
    db.users.update(
      { id: user.id },
      {
        set: { status: 'active', emailVerifiedAt: at, confirmedWith, updatedAt: at, updatedBy: user.id },
        add: { version: 1 },
        // Who was invited has no code to confirm by: only the password of the invitation does.
        when: { status: 'pending', invitedAt: { exists: false } },
        events: [ride(userVerified)],
      },
    ),
  );
}

/**
 * Notes the sign-in, together with `also` (its session and what is noted of it) and with what is `told` of it. `enrol`: nothing else can be
 * done before a second factor is set up. Answers the user as it stands then. Errors: INVALID_CREDENTIALS when it is not active any more.
 */
export async function noteLogin(
  db: Changing,
  user: User,
  now: Date,
  { enrol, told, also }: { enrol: boolean; told: readonly Ride[]; also: readonly WriteOp[] },
): Promise<User> {
  const lastLoginAt = now.toISOString();
  await db.write(
    db.users.update(
      { id: user.id },
      {
        set: { lastLoginAt, ...(enrol && { mustEnrol: true as const }) },
        ...(!enrol && user.mustEnrol && { remove: ['mustEnrol'] as const }),
        add: { version: 1 },
        when: { status: 'active' },
        events: [ride(userLoggedIn), ...told],
        otherwise: () => new AppError('INVALID_CREDENTIALS'),
      },
    ),
    ...also,
  );
  return { ...user, lastLoginAt, version: user.version + 1 };
}

/** Longest life of an access token, in seconds. */
const TOKEN_SECONDS = 900;
/** Longest life of a session's tokens, in seconds: refreshed at the last moment, the last access token outlives the session. */
const LONGEST_SECONDS = 7 * 86_400 + TOKEN_SECONDS;
const TRIES = 5;

interface Change {
  set?: Partial<User>;
  remove?: readonly (keyof User & string)[];
  events?: readonly Ride[];
}
/**
 * Changes a user together with `more`, wholly or not at all; begins again with what stands then when somebody else was faster.
 * `read`: the user as read for this request. Answers false when the user is gone. Errors: CONFLICT after several tries.
 */
export async function changeUser(
  db: Changing,
  read: User,
  change: (user: User) => Change,
  ...more: readonly WriteOp[]
): Promise<boolean> {
  let user: User | undefined = read;
  for (let attempt = 0; attempt < TRIES && user; attempt++) {
    const failures = await db.tryWrite(
      db.users.update({ id: user.id }, { ...change(user), version: user.version }),
      ...more,
    );
    if (failures.length === 0) return true;
    user = await db.users.get({ id: read.id }, { consistent: true });
  }
  if (user) throw new AppError('CONFLICT');
  return false;
}

/**
 * The access tokens of this session stop working at once. `revoked`: the user pool gives no new ones for it, so the last one is over
 * after 15 minutes; otherwise the session is remembered as ended for as long as any could live.
 */
export async function endSession(
  db: Changing,
  read: User,
  { originJti, revoked }: { originJti: string; revoked: boolean },
  now: Date,
  ...more: readonly WriteOp[]
): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1_000);
  const endsAt = seconds + (revoked ? TOKEN_SECONDS : LONGEST_SECONDS);
  await changeUser(
    db,
    read,
    ({ revokedSessions }) => ({
      set: { revokedSessions: withRevoked(revokedSessions, originJti, { endsAt, now: seconds }) },
    }),
    ...more,
  );
}

/**
 * The change of a user that ends all sessions, but for `keep`. Sign-ins of this very second can not be told from later ones by their
 * time: those that are known (`live`) are named.
 */
export function withoutSessions(
  user: User,
  { live, keep, now }: { live: readonly { originJti: string; createdAt: string }[]; keep?: string; now: Date },
): Change {
  const seconds = Math.floor(now.getTime() / 1_000);
  const endsAt = seconds + LONGEST_SECONDS;
  const young = live.filter(
    ({ originJti, createdAt }) => originJti !== keep && Math.floor(Date.parse(createdAt) / 1_000) >= seconds,
  );
  // What was ended before stays named: among it may be the session that the last cut spared.
  const revokedSessions = young.reduce(
    (ended, { originJti }) => withRevoked(ended, originJti, { endsAt, now: seconds }),
    user.revokedSessions ?? {},
  );
  return {
    set: { tokensValidAfter: seconds, revokedSessions, ...(keep !== undefined && { keptSession: keep }) },
    ...(keep === undefined && { remove: ['keptSession'] }),
  };
}
