'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { listAuditLog } from '../../../../../shared/contracts/auth/list-audit-log.ts';
import { me } from '../../../../../shared/contracts/auth/me.ts';
import { BackupCodes } from '../../../../components/security/backup-codes';
import { TwoFactorSetup } from '../../../../components/security/two-factor-setup';
import { usePageName } from '../../../../components/shell/crumbs';
import { Badge } from '../../../../components/ui/badge';
import { Button } from '../../../../components/ui/button';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { toast } from '../../../../components/ui/toast';
import { queryKeyOf } from '../../../../lib/operations.ts';
import { useSession } from '../../../../lib/session';

const loadRenew = () => import('./renew-codes-dialog');
const loadDisable = () => import('./disable-dialog');
const RenewCodesDialog = lazy(loadRenew);
const DisableDialog = lazy(loadDisable);

/** The second factor of the own account: on or off, its backup codes. */
export function TwoFactor() {
  const client = useQueryClient();
  const { mfaEnabled } = useSession();
  // What is on the page goes on until it is done, whatever is heard of the user meanwhile: the codes are shown once.
  const [isSettingUp, setSettingUp] = useState(!mfaEnabled);
  const [codes, setCodes] = useState<readonly string[]>();
  const [open, setOpen] = useState<'renew' | 'disable'>();
  usePageName('Two-factor authentication');
  const read = async () => {
    await Promise.all([me, listAuditLog].map((one) => client.invalidateQueries({ queryKey: queryKeyOf(one) })));
  };
  const isOn = mfaEnabled && !isSettingUp;
  return (
    <>
      <Card aria-labelledby="two-factor">
        <CardHeader
          titleId="two-factor"
          title="Two-factor authentication"
          actions={
            mfaEnabled ? (
              <Badge tone="good" icon={<ShieldCheck aria-hidden />}>
                On
              </Badge>
            ) : (
              <Badge icon={<ShieldOff aria-hidden />}>Off</Badge>
            )
          }
          divided
        />
        <CardBody>
          {isOn ? (
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
              <p className="max-w-md text-pretty text-muted">
                You sign in with your password and a code. Turning it off needs both, and we tell you by e-mail.
              </p>
              <Button
                variant="danger-ghost"
                onClick={() => setOpen('disable')}
                onPointerEnter={() => void loadDisable()}
                onFocus={() => void loadDisable()}
              >
                Turn off
              </Button>
            </div>
          ) : (
            <TwoFactorSetup
              onDone={async () => {
                await read();
                setSettingUp(false);
                toast({ tone: 'good', title: 'Two-factor authentication is on' });
              }}
              onStale={async () => {
                await read();
                setSettingUp(false);
              }}
            >
              <p className="max-w-lg text-pretty text-muted">
                After your password you are asked for a code of an app on your phone, such as Google Authenticator,
                1Password or Aegis: who has learnt the password alone stays out. You also get ten backup codes, for when
                the app is not at hand.
              </p>
            </TwoFactorSetup>
          )}
        </CardBody>
      </Card>
      {isOn && (
        <Card aria-labelledby="backup-codes">
          <CardHeader
            titleId="backup-codes"
            title="Backup codes"
            description="Each lets you in once when your app is not at hand."
            divided
          />
          <CardBody>
            {codes ? (
              <BackupCodes codes={codes} onKept={() => setCodes(undefined)} />
            ) : (
              <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
                <p className="max-w-md text-pretty text-muted">
                  They were shown when you made them, and never again. Lost or nearly used up? Make new ones: the old
                  ones no longer work then.
                </p>
                <Button
                  onClick={() => setOpen('renew')}
                  onPointerEnter={() => void loadRenew()}
                  onFocus={() => void loadRenew()}
                >
                  Make new codes
                </Button>
              </div>
            )}
          </CardBody>
        </Card>
      )}
      <Suspense>
        {open === 'renew' && (
          <RenewCodesDialog
            onClose={() => setOpen(undefined)}
            onCodes={(next) => {
              setCodes(next);
              setOpen(undefined);
            }}
          />
        )}
        {open === 'disable' && (
          <DisableDialog
            onClose={() => setOpen(undefined)}
            onDisabled={async () => {
              await read();
              setCodes(undefined);
              setSettingUp(true);
              setOpen(undefined);
              toast({ tone: 'good', title: 'Two-factor authentication is off' });
            }}
          />
        )}
      </Suspense>
    </>
  );
}
