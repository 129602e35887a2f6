'use client';
import { ArchiveRestore, CircleCheck, CircleSlash, Upload, UserPlus, Users } from 'lucide-react';
import type * as z from 'zod';
import { activateUser } from '../../../../shared/contracts/users/activate-user.ts';
import { listUsers } from '../../../../shared/contracts/users/list-users.ts';
import { restoreUser } from '../../../../shared/contracts/users/restore-user.ts';
import { suspendUser } from '../../../../shared/contracts/users/suspend-user.ts';
import { userStatus } from '../../../../shared/contracts/users/user.ts';
import { roles } from '../../../../shared/permissions.ts';
import { plans } from '../../../../shared/plans.ts';
import type { BulkAction, Column, Filter } from '../../../components/data/column.ts';
import { DataTable } from '../../../components/data/data-table.tsx';
import { formatCount } from '../../../components/data/format.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { When } from '../../../components/data/when.tsx';
import { Avatar } from '../../../components/ui/avatar';
import { ButtonLink } from '../../../components/ui/button-link';
import { UserStatusBadge } from '../../../components/ui/status-badge';
import { api } from '../../../lib/api.ts';
import { useCan } from '../../../lib/session.tsx';
import { titleCase } from './title-case.ts';

type UserRow = z.output<typeof listUsers.output>;

const columns: readonly Column<UserRow>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'name',
    cell: ({ name, avatar }) => (
      <span className="flex items-center gap-2.5">
        <Avatar name={name} src={avatar?.small} size="sm" />
        <span className="truncate font-medium">{name}</span>
      </span>
    ),
  },
  { id: 'email', header: 'E-mail', sort: 'email', width: 'w-48', cell: ({ email }) => email, quiet: true },
  { id: 'role', header: 'Role', width: 'w-24', cell: ({ role }) => titleCase(role) },
  { id: 'plan', header: 'Plan', width: 'w-24', isWideOnly: true, cell: ({ plan }) => plan },
  { id: 'status', header: 'Status', width: 'w-26', cell: ({ status }) => <UserStatusBadge status={status} /> },
  {
    id: 'lastLoginAt',
    header: 'Last sign-in',
    sort: 'lastLoginAt',
    firstOrder: 'desc',
    width: 'w-30',
    quiet: true,
    isWideOnly: true,
    cell: ({ lastLoginAt }) => (lastLoginAt ? <When at={lastLoginAt} /> : 'Never'),
  },
  {
    id: 'createdAt',
    header: 'Joined',
    sort: 'createdAt',
    firstOrder: 'desc',
    width: 'w-28',
    quiet: true,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
  {
    id: 'username',
    header: 'User name',
    width: 'w-36',
    quiet: true,
    isHidden: true,
    cell: ({ username }) => username ?? '—',
  },
];
const choices = (values: readonly string[]) => values.map((value) => ({ value, label: titleCase(value) }));
const filters: readonly Filter[] = [
  { kind: 'choice', param: 'role', label: 'Role', options: choices(roles) },
  { kind: 'choice', param: 'plan', label: 'Plan', options: choices(plans) },
  { kind: 'choice', param: 'status', label: 'Status', options: choices(userStatus.options) },
  { kind: 'days', from: 'createdAfter', to: 'createdBefore', label: 'Joined' },
];

const counted = (count: number, verb: string) => `${formatCount(count)} ${count === 1 ? 'user' : 'users'} ${verb}`;
/** What the API lets this person do to a user: its links say so. */
const actions: readonly BulkAction<UserRow>[] = [
  {
    label: 'Activate',
    icon: <CircleCheck aria-hidden />,
    can: ({ _links }) => _links.activate !== undefined,
    run: ({ id }, idempotencyKey) => api.call(activateUser, { params: { id }, body: {}, idempotencyKey }),
    done: (count) => counted(count, 'activated'),
  },
  {
    label: 'Restore',
    icon: <ArchiveRestore aria-hidden />,
    can: ({ _links }) => _links.restore !== undefined,
    run: ({ id }, idempotencyKey) => api.call(restoreUser, { params: { id }, body: {}, idempotencyKey }),
    done: (count) => counted(count, 'restored'),
  },
  {
    label: 'Suspend',
    icon: <CircleSlash aria-hidden />,
    tone: 'danger',
    can: ({ _links }) => _links.suspend !== undefined,
    run: ({ id }, idempotencyKey) => api.call(suspendUser, { params: { id }, body: {}, idempotencyKey }),
    confirm: {
      title: (count) => `Suspend ${count === 1 ? 'this user' : `these ${formatCount(count)} users`}?`,
      description: 'All their sessions end at once, and they can not sign in until somebody activates them.',
      confirmLabel: 'Suspend',
    },
    done: (count) => counted(count, 'suspended'),
  },
];
const noActions: readonly BulkAction<UserRow>[] = [];

export function UserList() {
  const invites = useCan('users:create') === 'any';
  const suspends = useCan('users:suspend') === 'any';
  const seesAll = useCan('users:read') === 'any';
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Users"
        description={
          seesAll
            ? 'Everybody who has an account, with role, plan and status.'
            : 'Your own account; others are not shown.'
        }
        actions={
          invites && (
            <>
              <ButtonLink href="/users/import" icon={<Upload aria-hidden />}>
                Import
              </ButtonLink>
              <ButtonLink href="/users/invite" variant="primary" icon={<UserPlus aria-hidden />}>
                Invite
              </ButtonLink>
            </>
          )
        }
      />
      <DataTable
        contract={listUsers}
        name="users"
        columns={columns}
        filters={filters}
        search={{
          label: 'Search users',
          placeholder: 'Name, e-mail or user name',
          hint: 'Type at least 2 characters.',
        }}
        sort="createdAt"
        order="desc"
        hrefOf={({ id }) => `/users/${id}`}
        labelOf={({ name }) => name}
        card={(user) => (
          <span className="flex items-center gap-3">
            <Avatar name={user.name} src={user.avatar?.small} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-sm text-muted">{user.email}</span>
            </span>
            <span className="flex flex-col items-end gap-1">
              <UserStatusBadge status={user.status} />
              <span className="text-xs text-muted">
                {titleCase(user.role)} · {user.plan}
              </span>
            </span>
          </span>
        )}
        actions={suspends ? actions : noActions}
        empty={{
          icon: <Users aria-hidden />,
          title: 'No users yet',
          description: 'Whoever registers appears here.',
        }}
      />
    </div>
  );
}
