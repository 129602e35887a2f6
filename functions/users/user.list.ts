/** How users are listed. */
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { listUsers } from '../../shared/contracts/users/list-users.ts';
import { leastIdOf } from '../../shared/ids.ts';
import type { Role } from '../../shared/permissions.ts';
import type { Plan } from '../../shared/plans.ts';
import type { Conditions } from '../platform/db.ts';
import { type ListQuery, listing } from '../platform/listing.ts';
import { momentsOf } from '../platform/period.ts';
import { nameKey, wordFacets, wordSearch, wordsOf, wordText } from '../platform/words.ts';
import type { User, UserStatus } from './user.table.ts';

/** Short names: every facet holds a copy. */
export interface UserCard {
  id: string;
  /** E-mail address. */
  m: string;
  /** Name, and username. */
  n: string;
  u?: string;
  /** Picture. */
  i?: string;
  /** Role, plan, status. */
  r: Role;
  p: Plan;
  s: UserStatus;
  /** When they registered, and signed in last. */
  a: string;
  l?: string;
  /** Words by which they are found. */
  w: string;
}

const textOf = ({ name, username = '', email }: User) => `${name} ${username} ${email}`;

export function userCard(user: User): UserCard {
  return {
    id: user.id,
    m: user.email,
    n: user.name,
    ...(user.username !== undefined && { u: user.username }),
    ...(user.avatar !== undefined && { i: user.avatar }),
    r: user.role,
    p: user.plan,
    s: user.status,
    a: user.createdAt,
    ...(user.lastLoginAt !== undefined && { l: user.lastLoginAt }),
    w: wordText(textOf(user)),
  };
}

/** Deleted users stand in no other list, and those who were erased in none. */
const DELETED = 'status#inactive';

export const userList = listing<User, UserCard>({
  name: 'UserList',
  partition: 'USERLIST',
  describes:
    'Users whole, by role, plan, status and word, deleted ones by status alone; by age, name, e-mail address and last sign-in',
  card: userCard,
  facets: (user) =>
    user.deletedAt === undefined
      ? ['all', `role#${user.role}`, `plan#${user.plan}`, `status#${user.status}`, ...wordFacets(textOf(user))]
      : user.erasedAt === undefined
        ? [DELETED]
        : [],
  sorts: {
    name: { index: 'l1', key: ({ name }) => nameKey(name) },
    email: { index: 'l2', key: ({ email }) => nameKey(email) },
    lastLoginAt: { index: 'l3', key: ({ lastLoginAt }) => lastLoginAt },
  },
});

type Wanted = ParsedInput<typeof listUsers>['query'];

/** What to read for a request; undefined when nothing can match. */
export function userQuery(wanted: Wanted): ListQuery | undefined {
  const { page, limit, cursor, order, sort, role, plan, status } = wanted;
  const { from, until, empty } = momentsOf(wanted);
  const words = wanted.search === undefined ? [] : wordsOf(wanted.search);
  const search = wanted.search === undefined ? undefined : wordSearch(wanted.search);
  if (empty || (wanted.search !== undefined && !search)) return undefined;
  const ofRole = role && `role#${role}`;
  const ofPlan = plan && `plan#${plan}`;
  const ofStatus = status && `status#${status}`;
  // Most are active users on the free plan: whatever else is asked for leaves out more.
  const rare = [role !== 'user' && ofRole, status !== 'active' && ofStatus, plan !== 'Free' && ofPlan].find(Boolean);
  const facet =
    status === 'inactive' ? DELETED : (search?.facet ?? (rare || undefined) ?? ofRole ?? ofStatus ?? ofPlan ?? 'all');

  const filter: Record<string, Conditions[string]> = {};
  const unseen = facet === search?.facet ? search.containsAll : words.map((word) => ` ${word}`);
  if (unseen.length > 0) filter.w = { containsAll: unseen };
  if (role !== undefined && facet !== ofRole) filter.r = role;
  if (status !== undefined && facet !== ofStatus) filter.s = status;
  if (plan !== undefined && facet !== ofPlan) filter.p = plan;

  let range: ListQuery['range'];
  if (from || until) {
    if (sort === 'createdAt')
      range = {
        ...(from && { gte: leastIdOf('user', from) }),
        ...(until && { lte: leastIdOf('user', new Date(until.getTime() + 1)) }),
      };
    else filter.a = { ...(from && { gte: from.toISOString() }), ...(until && { lte: until.toISOString() }) };
  }
  return {
    facet,
    sort: sort === 'createdAt' ? 'created' : sort,
    order,
    range,
    ...(Object.keys(filter).length > 0 && { filter }),
    page,
    limit,
    cursor,
  };
}

/** Whether a user is among what a request asks for: for the list of one that holds only the caller. */
export function isWanted(user: User, wanted: Wanted): boolean {
  const { role, plan, status } = wanted;
  const { from, until } = momentsOf(wanted);
  const words = userCard(user).w;
  const search = wanted.search === undefined ? undefined : wordText(wanted.search).trim().split(' ');
  return (
    (role === undefined || user.role === role) &&
    (plan === undefined || user.plan === plan) &&
    (status === undefined || user.status === status) &&
    (from === undefined || user.createdAt >= from.toISOString()) &&
    (until === undefined || user.createdAt <= until.toISOString()) &&
    (search === undefined || (search[0] !== '' && search.every((word) => words.includes(` ${word}`))))
  );
}
