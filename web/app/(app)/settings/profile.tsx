'use client';

import { lazy, Suspense } from 'react';
import { getProfile } from '../../../../shared/contracts/users/get-profile.ts';
import { planLimits } from '../../../../shared/plans.ts';
import { formatCount } from '../../../components/data/format.ts';
import { RecordState } from '../../../components/data/record-state.tsx';
import { When } from '../../../components/data/when.tsx';
import { Badge } from '../../../components/ui/badge';
import { Card, CardBody, CardHeader } from '../../../components/ui/card';
import { KeyValue } from '../../../components/ui/key-value';
import { Skeleton } from '../../../components/ui/skeleton';
import { useOperation } from '../../../lib/operations';
import { useSession } from '../../../lib/session';
import { Picture } from './picture';

const roleWords = {
  user: 'User: orders for themselves',
  enterprise: 'Enterprise: sells own products',
  moderator: 'Moderator: looks after users and products',
  manager: 'Manager: runs products, orders and users',
  admin: 'Admin: may do everything',
} as const;

/** The forms bring their own libraries along: what there is to see does not wait for them. */
const AccountForm = lazy(() => import('./account-form'));
const AboutForm = lazy(() => import('./about-form'));

/** Who is signed in, and what they say of themselves. */
export function Profile() {
  const user = useSession();
  const reading = useOperation(getProfile, { params: { id: user.id } });
  const limits = planLimits[user.plan];
  return (
    <>
      <Card aria-labelledby="picture">
        <CardHeader titleId="picture" title="Picture" description="Shown wherever you are named." divided />
        <CardBody>
          <Picture user={user} />
        </CardBody>
      </Card>
      <Suspense fallback={<FormSkeleton />}>
        <AccountForm user={user} />
      </Suspense>
      {/* Of its own: the form above would be taken away, from whoever types into it, until the code of this one has come. */}
      <Suspense fallback={<FormSkeleton />}>
        {reading.data ? (
          <AboutForm profile={reading.data} />
        ) : (
          <RecordState name="profile" id={user.id} reading={reading} skeleton={<FormSkeleton />} listHref="/settings" />
        )}
      </Suspense>
      <Card aria-labelledby="membership">
        <CardHeader titleId="membership" title="Membership" divided />
        <CardBody>
          <KeyValue
            items={[
              { label: 'E-mail', value: user.email, copy: user.email },
              { label: 'Role', value: roleWords[user.role] },
              { label: 'Member since', value: <When at={user.createdAt} exact /> },
              { label: 'Last sign-in', value: user.lastLoginAt && <When at={user.lastLoginAt} exact /> },
              { label: 'Terms accepted', value: user.acceptedTermsAt && <When at={user.acceptedTermsAt} exact /> },
              { label: 'User id', value: <span className="font-mono text-sm">{user.id}</span>, copy: user.id },
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="plan">
        <CardHeader titleId="plan" title="Plan" actions={<Badge tone="accent">{user.plan}</Badge>} divided />
        <CardBody>
          <KeyValue
            items={[
              { label: 'Requests a month', value: formatCount(limits.requestsPerMonth) },
              {
                label: 'Requests a second',
                value: `${formatCount(limits.requestsPerSecond)}, in bursts ${formatCount(limits.burst)}`,
              },
              { label: 'API keys', value: formatCount(limits.apiKeys) },
              { label: 'Webhooks', value: formatCount(limits.webhooks) },
              { label: 'Figures kept', value: `${formatCount(limits.analyticsRetentionDays)} days` },
            ]}
          />
        </CardBody>
      </Card>
    </>
  );
}

function FormSkeleton() {
  return <Skeleton className="h-72 w-full" />;
}
