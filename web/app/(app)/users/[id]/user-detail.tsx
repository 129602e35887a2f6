'use client';
import type { ReactNode } from 'react';
import { getUser } from '../../../../../shared/contracts/users/get-user.ts';
import { idSchema } from '../../../../../shared/ids.ts';
import { isStaff } from '../../../../../shared/permissions.ts';
import { planLimits } from '../../../../../shared/plans.ts';
import { formatCount } from '../../../../components/data/format.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { RecordState } from '../../../../components/data/record-state.tsx';
import { TroubleNotice } from '../../../../components/data/trouble-notice.tsx';
import { useRecordId } from '../../../../components/data/use-record-id.ts';
import { When } from '../../../../components/data/when.tsx';
import { usePageName } from '../../../../components/shell/crumbs';
import { Alert } from '../../../../components/ui/alert';
import { Avatar } from '../../../../components/ui/avatar';
import { Badge } from '../../../../components/ui/badge';
import { ButtonLink } from '../../../../components/ui/button-link';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { KeyValue } from '../../../../components/ui/key-value';
import { Skeleton } from '../../../../components/ui/skeleton';
import { UserStatusBadge } from '../../../../components/ui/status-badge';
import { useOperation } from '../../../../lib/operations.ts';
import { useCan } from '../../../../lib/session.tsx';
import { titleCase } from '../title-case.ts';
import { UserActions } from './user-actions.tsx';
import { UserHistory } from './user-history.tsx';

const userId = idSchema('user');

export function UserDetail() {
  const id = useRecordId(userId);
  const seesOrders = useCan('orders:read') === 'any';
  const seesTrail = useCan('audit:read') === 'any';
  const reading = useOperation(getUser, { params: { id: id ?? '' } }, { enabled: id !== undefined });
  const user = reading.data;
  usePageName(user?.name);
  if (!user) return <RecordState name="user" id={id} reading={reading} skeleton={<UserSkeleton />} listHref="/users" />;

  const limits = planLimits[user.plan];
  const moment = (at: string | undefined, otherwise: string): ReactNode => (at ? <When at={at} exact /> : otherwise);
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={
          <span className="flex items-center gap-3">
            <Avatar name={user.name} src={user.avatar?.large} size="lg" />
            {user.name}
          </span>
        }
        badge={<UserStatusBadge status={user.status} />}
        actions={
          <>
            {seesOrders && (
              <ButtonLink href={`/orders?user=${user.id}`}>Orders of {user.name.split(' ')[0]}</ButtonLink>
            )}
            <UserActions user={user} />
          </>
        }
      />
      {reading.trouble && (
        <TroubleNotice
          error={reading.trouble}
          isTryingAgain={reading.isTryingAgain}
          onRetry={() => void reading.refetch()}
        />
      )}
      {user.deletedAt && (
        <Alert tone="warn" role="status" title="This account was deleted">
          <When at={user.deletedAt} exact />. Nobody can sign in to it; it can be restored.
        </Alert>
      )}
      {user.suspendedAt && (
        <Alert tone="warn" role="status" title="This account is suspended">
          {user.suspendedReason ? `“${user.suspendedReason}”. ` : ''}Since <When at={user.suspendedAt} exact />.
        </Alert>
      )}
      {user.status === 'pending' && (
        <Alert tone="info" role="status" title={user.invitedAt ? 'Invited, not yet accepted' : 'Not confirmed yet'}>
          {user.invitedAt
            ? 'The temporary password in the mail is good for seven days.'
            : 'The e-mail address waits for its code.'}
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHeader title="Account" />
            <CardBody>
              <KeyValue
                items={[
                  { label: 'E-mail', value: user.email, copy: user.email },
                  { label: 'User name', value: user.username ?? '—' },
                  { label: 'Company', value: user.company ?? '—' },
                  { label: 'Id', value: <span className="font-mono text-sm">{user.id}</span>, copy: user.id },
                  { label: 'Joined', value: moment(user.createdAt, '—') },
                  { label: 'Last sign-in', value: moment(user.lastLoginAt, 'Never') },
                  { label: 'E-mail confirmed', value: moment(user.emailVerifiedAt, 'Not yet') },
                  { label: 'Terms accepted', value: moment(user.acceptedTermsAt, '—') },
                  { label: 'Marketing mails', value: user.marketingConsent ? 'Wanted' : 'Not wanted' },
                ]}
              />
            </CardBody>
          </Card>
          {seesTrail && <UserHistory userId={user.id} />}
        </div>
        <div className="flex flex-col gap-5">
          <Card>
            <CardHeader title="Access" />
            <CardBody>
              <KeyValue
                items={[
                  {
                    label: 'Role',
                    value: (
                      <span className="flex flex-wrap gap-1.5">
                        {titleCase(user.role)}
                        {isStaff(user.role) && <Badge tone="accent">Staff</Badge>}
                      </span>
                    ),
                  },
                  {
                    label: 'Second factor',
                    value: user.mfaEnabled ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>,
                  },
                ]}
              />
            </CardBody>
          </Card>
          <Card>
            <CardHeader title={`Plan ${user.plan}`} description="What it allows through the partner API" />
            <CardBody>
              <KeyValue
                items={[
                  { label: 'Requests / s', value: formatCount(limits.requestsPerSecond) },
                  { label: 'Requests / month', value: formatCount(limits.requestsPerMonth) },
                  { label: 'API keys', value: formatCount(limits.apiKeys) },
                  { label: 'Webhooks', value: formatCount(limits.webhooks) },
                ]}
              />
            </CardBody>
          </Card>
        </div>
      </div>
    </div>
  );
}

function UserSkeleton() {
  return (
    <div className="flex flex-col gap-5" role="status" aria-label="Loading the user">
      <Skeleton className="h-9 w-64" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96 w-full" />
        <Skeleton className="h-80 w-full" />
      </div>
    </div>
  );
}
