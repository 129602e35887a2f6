'use client';

import { Search } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { whenSessionEnds } from '../../lib/api.ts';
import { wordsFor } from '../../lib/problems.ts';
import { useSession, useSignOut } from '../../lib/session';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { toast } from '../ui/toast';
import { AccountButton } from './account-button';
import { ConnectionNotice } from './connection-notice';
import { Crumbs } from './crumbs';
import { destinationsFor } from './destinations.ts';
import { HelpButton } from './help-button';
import { commandKey, useKeys } from './keys.ts';
import { NotificationsBell } from './notifications-bell';
import { OnDemandMenu } from './on-demand-menu';
import { PhoneNavigation } from './phone-navigation';
import { SideNavigation } from './side-navigation';

// Opened by a press: loaded then.
const CommandPalette = lazy(() => import('./command-palette'));
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog'));
const SignInAgain = lazy(() => import('./sign-in-again'));

const loadHelp = () => import('./help-menu');
const loadAccount = () => import('./account-menu');

const NARROW_KEY = 'mewayz.navigation';
const WIDE_ENOUGH = '(min-width: 64rem)';

/** What the person chose, else names where there is room for them. */
function useNarrow(): [boolean, (narrow: boolean) => void] {
  const [narrow, setNarrow] = useState(() => {
    const chosen = readChoice();
    return chosen ?? !window.matchMedia(WIDE_ENOUGH).matches;
  });
  useEffect(() => {
    const media = window.matchMedia(WIDE_ENOUGH);
    const follow = () => setNarrow(media.matches ? (readChoice() ?? false) : true);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  const choose = (next: boolean) => {
    setNarrow(next);
    try {
      localStorage.setItem(NARROW_KEY, next ? 'narrow' : 'wide');
    } catch {
      // Storage is refused: the choice holds until the page is left.
    }
  };
  return [narrow, choose];
}
function readChoice(): boolean | undefined {
  try {
    const kept = localStorage.getItem(NARROW_KEY);
    return kept === null ? undefined : kept === 'narrow';
  } catch {
    return undefined;
  }
}

/** What stands around every page of the app: navigation, search, account, help, and what the session needs. */
export function AppShell({ children }: { children: ReactNode }) {
  const { role, name, avatar } = useSession();
  const router = useRouter();
  const path = usePathname();
  const signOut = useSignOut();
  const [narrow, setNarrow] = useNarrow();
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const [answer, setAnswer] = useState<(isSignedIn: boolean) => void>();
  const main = useRef<HTMLElement>(null);
  const cameFrom = useRef(path);

  useEffect(() => {
    whenSessionEnds(
      () =>
        new Promise<boolean>((resolve) => {
          setAnswer(() => (isSignedIn: boolean) => {
            setAnswer(undefined);
            resolve(isSignedIn);
          });
        }),
    );
    return () => whenSessionEnds(undefined);
  }, []);

  // A new page begins at its top for the keyboard and for screen readers too.
  useEffect(() => {
    if (cameFrom.current === path) return;
    cameFrom.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);

  const leave = useCallback(() => {
    signOut().catch((error: unknown) => {
      const { title, text } = wordsFor(error);
      toast({ id: 'sign-out', tone: 'bad', title: 'You are still signed in', description: `${title}. ${text}` });
    });
  }, [signOut]);

  useKeys({
    go: (letter) => {
      const page = destinationsFor(role).find(({ key }) => key === letter);
      if (page) router.push(page.href);
      return page !== undefined;
    },
    search: () => setOpen('palette'),
    help: () => setOpen('shortcuts'),
  });

  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed start-3 top-2 z-80 -translate-y-20 rounded-md bg-accent-solid px-3.5 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <SideNavigation narrow={narrow} onNarrow={setNarrow} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b bg-canvas px-4 md:px-6 lg:px-8">
          <Crumbs />
          <div className="ms-auto flex shrink-0 items-center gap-1">
            <SearchButton onPress={() => setOpen('palette')} />
            <NotificationsBell />
            <OnDemandMenu
              load={loadHelp}
              props={{ onShortcuts: () => setOpen('shortcuts') }}
              button={(press, prepare) => <HelpButton onClick={press} onPointerEnter={prepare} onFocus={prepare} />}
            />
            <OnDemandMenu
              load={loadAccount}
              props={{ onSignOut: leave }}
              button={(press, prepare) => (
                <AccountButton
                  name={name}
                  picture={avatar?.small}
                  onClick={press}
                  onPointerEnter={prepare}
                  onFocus={prepare}
                />
              )}
            />
          </div>
        </header>
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl min-w-0 flex-1 px-4 pt-6 pb-24 outline-none md:px-6 md:pb-12 lg:px-8"
        >
          {children}
        </main>
      </div>
      <PhoneNavigation />
      <ConnectionNotice />
      <Suspense>
        {open === 'palette' && (
          <CommandPalette
            onClose={() => setOpen(undefined)}
            onShortcuts={() => setOpen('shortcuts')}
            onSignOut={leave}
          />
        )}
        {open === 'shortcuts' && <ShortcutsDialog onClose={() => setOpen(undefined)} />}
        {answer && <SignInAgain onDone={answer} />}
      </Suspense>
    </div>
  );
}

function SearchButton({ onPress }: { onPress: () => void }) {
  const [command] = useState(commandKey);
  return (
    <>
      <button
        type="button"
        onClick={onPress}
        aria-keyshortcuts="Meta+K Control+K"
        className="me-1 hidden h-8 w-56 items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-subtle hover:border-control md:flex"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 text-start">Search</span>
        <Kbd keys={[command, 'K']} />
      </button>
      <Button variant="ghost" size="icon" aria-label="Search" onClick={onPress} className="md:hidden">
        <Search aria-hidden />
      </Button>
    </>
  );
}
