'use client';

import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { wordsFor } from '../../lib/problems.ts';
import { useSession, useSignOut } from '../../lib/session';
import { TwoFactorSetup } from '../security/two-factor-setup';
import { Button } from '../ui/button';
import { Card, CardBody, CardHeader } from '../ui/card';
import { toast } from '../ui/toast';
import { ConnectionNotice } from './connection-notice';
import { Logo } from './logo';

/** All that is open to who must set up a second factor before anything else: to do so, and to sign out. */
export default function MustEnrol({ onEnrolled }: { onEnrolled: () => void }) {
  const { name, email, role } = useSession();
  const signOut = useSignOut();
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    document.title = 'Set up two-factor authentication · Mewayz';
  }, []);
  const leave = () => {
    setLeaving(true);
    signOut().catch((error: unknown) => {
      setLeaving(false);
      const { title, text } = wordsFor(error);
      toast({ id: 'sign-out', tone: 'bad', title: 'You are still signed in', description: `${title}. ${text}` });
    });
  };
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center justify-between gap-4 px-5 sm:px-8">
        <span className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
          <Logo />
          Mewayz
        </span>
        <Button variant="ghost" icon={<LogOut aria-hidden />} loading={isLeaving} onClick={leave}>
          Sign out
        </Button>
      </header>
      <main id="main" className="mx-auto flex w-full max-w-2xl flex-1 flex-col gap-5 px-4 pt-6 pb-20 sm:px-6 sm:pt-12">
        <div>
          <h1 className="text-3xl font-semibold">Set up two-factor authentication</h1>
          <p className="mt-2 text-pretty text-muted">
            Your administrators ask everybody with the role “{role}” for a second factor, {name.split(' ')[0]}. Nothing
            else is open to you until it is on. It takes a minute.
          </p>
        </div>
        <Card aria-labelledby="enrolment">
          <CardHeader titleId="enrolment" title="Authenticator app" description={`For ${email}.`} divided />
          <CardBody>
            <TwoFactorSetup onDone={onEnrolled} onStale={onEnrolled}>
              <p className="text-pretty text-muted">
                You need an app on your phone that shows codes, such as Google Authenticator, 1Password or Aegis. From
                then on you sign in with your password and a code of the app.
              </p>
            </TwoFactorSetup>
          </CardBody>
        </Card>
      </main>
      <ConnectionNotice />
    </div>
  );
}
