'use client';
/** What administrators set for the whole platform. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getSettings } from '../../../../../shared/contracts/admin/get-settings.ts';
import { replaceSettings } from '../../../../../shared/contracts/admin/replace-settings.ts';
import { type Role, roles } from '../../../../../shared/permissions.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { Alert } from '../../../../components/ui/alert';
import { Button } from '../../../../components/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '../../../../components/ui/card';
import { Checkbox } from '../../../../components/ui/checkbox';
import { ErrorState } from '../../../../components/ui/error-state';
import { SkeletonText } from '../../../../components/ui/skeleton';
import { toast } from '../../../../components/ui/toast';
import { queryKeyOf, useMutationOf, useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { titleCase } from '../../users/title-case.ts';

const hints: Readonly<Record<Role, string>> = {
  user: 'Everybody who only buys',
  enterprise: 'Who sells own products',
  moderator: 'Who looks after users and products',
  manager: 'Who runs products, orders and users',
  admin: 'Who may do everything',
};

export function PlatformSettings() {
  const client = useQueryClient();
  const reading = useOperation(getSettings);
  const [chosen, setChosen] = useState<readonly Role[]>();
  const save = useMutationOf(replaceSettings, {
    invalidates: [getSettings],
    onSuccess: (settings) => {
      client.setQueryData(queryKeyOf(getSettings, {}), settings);
      setChosen(undefined);
      toast({ tone: 'good', title: 'The settings are saved' });
    },
  });
  const settings = reading.data;
  const wanted = chosen ?? settings?.mfaRequiredRoles ?? [];
  const words = (save.error ?? reading.trouble) && wordsFor(save.error ?? reading.trouble);
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <PageHeader title="Platform settings" description="What holds for everybody on this platform." />
      {save.error && words && (
        <Alert tone="bad" role="alert" title={words.title}>
          {words.text}
        </Alert>
      )}
      <Card aria-labelledby="second-factor">
        <CardHeader
          titleId="second-factor"
          title="Second factor"
          description="Who has such a role can do nothing but set up a second factor, from their next sign-in or within 15 minutes."
          divided
        />
        {!settings && words ? (
          <ErrorState compact title={words.title} description={words.text} onRetry={() => void reading.refetch()} />
        ) : !settings ? (
          <CardBody>
            <SkeletonText lines={5} />
          </CardBody>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.submit({ body: { mfaRequiredRoles: [...wanted] }, ifMatch: settings.version });
            }}
          >
            <CardBody>
              <fieldset className="flex flex-col gap-3">
                <legend className="mb-3 text-sm font-medium">Roles that must have one</legend>
                {roles.map((role) => (
                  <Checkbox
                    key={role}
                    label={titleCase(role)}
                    hint={hints[role]}
                    checked={wanted.includes(role)}
                    onChange={({ target }) =>
                      setChosen(target.checked ? [...wanted, role] : wanted.filter((one) => one !== role))
                    }
                  />
                ))}
              </fieldset>
            </CardBody>
            <CardFooter>
              <Button type="submit" variant="primary" loading={save.isPending} disabled={chosen === undefined}>
                Save
              </Button>
            </CardFooter>
          </form>
        )}
      </Card>
    </div>
  );
}
