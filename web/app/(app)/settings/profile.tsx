'use client';

import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { planLimits } from '../../../../shared/plans.ts';
import { formatCount } from '../../../components/data/format.ts';
import { When } from '../../../components/data/when.tsx';
import { Avatar } from '../../../components/ui/avatar';
import { Badge } from '../../../components/ui/badge';
import { Card, CardBody, CardHeader } from '../../../components/ui/card';
import { KeyValue } from '../../../components/ui/key-value';
import { useSession } from '../../../lib/session';

const roleWords = {
  user: 'User: orders for themselves',
  enterprise: 'Enterprise: sells own products',
  moderator: 'Moderator: looks after users and products',
  manager: 'Manager: runs products, orders and users',
  admin: 'Admin: may do everything',
} as const;

/** Who is signed in, as the platform knows them. The API changes none of it yet, so nothing here pretends to. */
export function Profile() {
  const user = useSession();
  const limits = planLimits[user.plan];
  return (
    <>
      <Card aria-labelledby="profile">
        <CardHeader titleId="profile" title="Profile" description="What the platform knows about you." divided />
        <CardBody className="flex flex-col gap-5">
          <div className="flex items-center gap-4">
            <Avatar name={user.name} size="lg" />
            <div className="min-w-0">
              <p className="truncate text-lg font-semibold">{user.name}</p>
              <p className="truncate text-muted">{user.email}</p>
            </div>
          </div>
          <KeyValue
            items={[
              { label: 'User name', value: user.username },
              { label: 'Company', value: user.company },
              { label: 'Role', value: roleWords[user.role] },
              { label: 'Member since', value: <When at={user.createdAt} exact /> },
              { label: 'User id', value: <span className="font-mono text-sm">{user.id}</span>, copy: user.id },
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="security">
        <CardHeader titleId="security" title="Security" divided />
        <CardBody>
          <KeyValue
            items={[
              {
                label: 'E-mail',
                value: user.emailVerifiedAt ? (
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <Badge tone="good" icon={<ShieldCheck aria-hidden />}>
                      Confirmed
                    </Badge>
                    <When at={user.emailVerifiedAt} exact />
                  </span>
                ) : (
                  <Badge tone="warn" icon={<ShieldAlert aria-hidden />}>
                    Not confirmed
                  </Badge>
                ),
              },
              { label: 'Second factor', value: user.mfaEnabled ? 'On' : 'Off' },
              { label: 'Last sign-in', value: user.lastLoginAt && <When at={user.lastLoginAt} exact /> },
              { label: 'Terms accepted', value: user.acceptedTermsAt && <When at={user.acceptedTermsAt} exact /> },
              { label: 'Product news', value: user.marketingConsent ? 'By e-mail' : 'No' },
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
