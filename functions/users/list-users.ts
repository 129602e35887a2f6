import { avatarPaths } from '../../shared/contracts/users/avatar.ts';
import { listUsers } from '../../shared/contracts/users/list-users.ts';
import { emptyPage } from '../platform/empty-page.ts';
import { grant } from '../platform/entity.ts';
import { http, page } from '../platform/http.ts';
import type { ListPage } from '../platform/listing.ts';
import { isWanted, type UserCard, userCard, userList, userQuery } from './user.list.ts';
import { users } from './user.table.ts';
import { userLinks } from './user-links.ts';

export const handler = http(listUsers, {
  access: { table: { list: userList.reading, users: grant(users, 'get') } },
  errorImpact: 'Staff cannot find users.',
  run: async (context) => {
    const { query, actor, scope, db } = context;
    const ofOne = async (): Promise<ListPage<UserCard>> => {
      const empty = emptyPage<UserCard>(query);
      const user = await db.users.get({ id: actor.id });
      if (!user || !isWanted(user, query) || query.cursor !== undefined || (query.page ?? 1) > 1) return empty;
      return { cards: [userCard(user)], pagination: { ...empty.pagination, totalItems: 1, totalPages: 1 } };
    };
    const wanted = userQuery(query);
    const found =
      scope === 'own' ? await ofOne() : wanted ? await userList.list(db.list, wanted) : emptyPage<UserCard>(query);
    const items = found.cards.map((card) => ({
      id: card.id,
      email: card.m,
      username: card.u,
      name: card.n,
      avatar: card.i === undefined ? undefined : avatarPaths(card.i),
      role: card.r,
      plan: card.p,
      status: card.s,
      lastLoginAt: card.l,
      createdAt: card.a,
      _links: userLinks(card.id, context, { role: card.r, status: card.s }),
    }));
    return page(items, found.pagination);
  },
});
