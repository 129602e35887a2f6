'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useId, useState } from 'react';
import type * as z from 'zod';
import { ApiProblem } from '../../../../../shared/client.ts';
import { getPreferences } from '../../../../../shared/contracts/users/get-preferences.ts';
import type { Preferences } from '../../../../../shared/contracts/users/preferences.ts';
import { replacePreferences } from '../../../../../shared/contracts/users/replace-preferences.ts';
import { FormProblem } from '../../../../components/auth/form-problem';
import { usePageName } from '../../../../components/shell/crumbs';
import { Button } from '../../../../components/ui/button';
import { Card, CardFooter, CardHeader } from '../../../../components/ui/card';
import { Checkbox } from '../../../../components/ui/checkbox';
import { ErrorState } from '../../../../components/ui/error-state';
import { Skeleton } from '../../../../components/ui/skeleton';
import { toast } from '../../../../components/ui/toast';
import { queryKeyOf, useMutationOf, useOperation } from '../../../../lib/operations.ts';
import { type Words, wordsFor } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session';

type Stored = z.output<typeof getPreferences.output>;
type Choices = Preferences['notifications'];
type Kind = keyof Choices;

const kinds: readonly { kind: Kind; label: string; hint: string }[] = [
  { kind: 'orderUpdates', label: 'Order updates', hint: 'Paid, shipped, delivered, cancelled.' },
  { kind: 'lowStock', label: 'Low stock', hint: 'Products that are running out.' },
  {
    kind: 'securityAlerts',
    label: 'Security alerts',
    hint: 'New devices, a changed password, a second factor turned off. Always by e-mail too: that can not be turned off.',
  },
  { kind: 'supportReplies', label: 'Support replies', hint: 'Answers to your tickets.' },
  { kind: 'productNews', label: 'Product news', hint: 'What is new in Mewayz.' },
];
const channels = [
  { channel: 'inApp', label: 'In the app' },
  { channel: 'email', label: 'E-mail' },
  { channel: 'sms', label: 'SMS' },
  { channel: 'push', label: 'Push' },
] as const;

/** Which news reaches one by which way. */
export function NotificationPreferences() {
  const { id } = useSession();
  const reading = useOperation(getPreferences, { params: { id } });
  usePageName('Notifications');
  const { data, trouble } = reading;
  return (
    <Card aria-labelledby="notifications">
      <CardHeader
        titleId="notifications"
        title="Notifications"
        description="What you want to hear of, and how. SMS goes to the phone number of your profile."
        divided
      />
      {data ? (
        <Editor key={data.version} stored={data} />
      ) : trouble ? (
        <ErrorState
          title={wordsFor(trouble).title}
          description={wordsFor(trouble).text}
          onRetry={() => void reading.refetch()}
          retrying={reading.isFetching}
          compact
        />
      ) : (
        <div role="status" aria-label="Loading the preferences" className="flex flex-col gap-6 p-card">
          {kinds.map(({ kind }) => (
            <Skeleton key={kind} className="h-9 w-full" />
          ))}
        </div>
      )}
    </Card>
  );
}

/** What is chosen here is kept when it is saved, all at once; a newer state from elsewhere begins it anew. */
function Editor({ stored }: { stored: Stored }) {
  const client = useQueryClient();
  const [choices, setChoices] = useState<Choices>(stored.notifications);
  const [problem, setProblem] = useState<Words>();
  const params = { id: stored.userId };
  const save = useMutationOf(replacePreferences, {
    onSuccess: (saved) => {
      client.setQueryData(queryKeyOf(getPreferences, { params }), saved);
      toast({ tone: 'good', title: 'Your choices are saved' });
    },
    onError: (error) => {
      setProblem(wordsFor(error));
      if (error instanceof ApiProblem && error.status === 412)
        void client.invalidateQueries({ queryKey: queryKeyOf(getPreferences) });
    },
  });
  const isChanged = JSON.stringify(choices) !== JSON.stringify(stored.notifications);
  const choose = (kind: Kind, channel: (typeof channels)[number]['channel'], on: boolean) =>
    setChoices((before) => ({ ...before, [kind]: { ...before[kind], [channel]: on } }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(undefined);
        save.submit({ params, body: { theme: stored.theme, notifications: choices }, ifMatch: stored.version });
      }}
    >
      {problem && (
        <div className="px-card pt-card">
          <FormProblem problem={problem} />
        </div>
      )}
      <div
        aria-hidden
        className="hidden grid-cols-[1fr_repeat(4,5rem)] items-end border-b bg-canvas px-card py-2 text-center text-xs font-medium text-muted sm:grid"
      >
        <span />
        {channels.map(({ channel, label }) => (
          <span key={channel}>{label}</span>
        ))}
      </div>
      <div className="divide-y">
        {kinds.map(({ kind, label, hint }) => (
          <fieldset
            key={kind}
            className="grid gap-x-0 gap-y-3 px-card py-3.5 sm:grid-cols-[1fr_repeat(4,5rem)] sm:items-center"
          >
            <legend className="contents">
              <span className="min-w-0 sm:pe-6">
                <span className="block font-medium">{label}</span>
                <span className="block text-sm text-pretty text-muted">{hint}</span>
              </span>
            </legend>
            <div className="contents max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-3">
              {channels.map(({ channel, label: way }) => (
                <Choice
                  key={channel}
                  way={way}
                  isFixed={kind === 'securityAlerts' && channel === 'email'}
                  isOn={choices[kind][channel]}
                  onChange={(on) => choose(kind, channel, on)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <CardFooter>
        <Button disabled={!isChanged || save.isPending} onClick={() => setChoices(stored.notifications)}>
          Undo
        </Button>
        <Button type="submit" variant="primary" disabled={!isChanged} loading={save.isPending}>
          Save
        </Button>
      </CardFooter>
    </form>
  );
}

function Choice({
  way,
  isFixed,
  isOn,
  onChange,
}: {
  way: string;
  isFixed: boolean;
  isOn: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2.5 sm:justify-center">
      <Checkbox id={id} checked={isOn} disabled={isFixed} onChange={(event) => onChange(event.target.checked)} />
      <label htmlFor={id} className="text-sm sm:sr-only">
        {way}
        {isFixed && <span className="sr-only">: always on</span>}
      </label>
      {isFixed && <Lock aria-hidden className="size-3 text-subtle sm:-me-5.5" />}
    </div>
  );
}
