'use client';

import { Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { type Density, setAppearance, type Theme, useAppearance } from '../../components/ui/appearance';
import { Segmented } from '../../components/ui/segmented';
import { SkeletonText } from '../../components/ui/skeleton';
import { Toaster } from '../../components/ui/toast';
import { ActionsSection } from './actions-section';
import { FeedbackSection } from './feedback-section';
import { FormsSection } from './forms-section';
import { NavigationSection } from './navigation-section';
import { TokensSection } from './tokens-section';

/** The heaviest two come after the rest is drawn. */
const DataSection = lazy(() => import('./data-section'));
const OverlaysSection = lazy(() => import('./overlays-section'));

const sections = [
  ['tokens', 'Tokens'],
  ['actions', 'Actions'],
  ['forms', 'Forms'],
  ['overlays', 'Overlays'],
  ['data', 'Data'],
  ['feedback', 'Feedback'],
  ['navigation', 'Navigation'],
] as const;

const never = () => () => {};

/** All components in all states. It is drawn in the browser only: some components place themselves by style attributes. */
export function Gallery() {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const { theme, density } = useAppearance();
  return (
    <div className="min-h-dvh">
      <header className="sticky top-0 z-30 border-b bg-canvas">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5 sm:px-6">
          <h1 className="text-lg font-semibold">Gallery</h1>
          <nav aria-label="Sections" className="order-last flex w-full gap-1 overflow-x-auto lg:order-none lg:w-auto">
            {sections.map(([id, title]) => (
              <a
                key={id}
                href={`#${id}`}
                className="inline-flex h-7 items-center rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-fg"
              >
                {title}
              </a>
            ))}
          </nav>
          <div className="flex gap-2">
            <Segmented<Theme>
              label="Theme"
              value={theme}
              onChange={(next) => setAppearance({ theme: next })}
              options={[
                { value: 'system', label: <IconWord icon={<Monitor aria-hidden />} word="System" /> },
                { value: 'light', label: <IconWord icon={<Sun aria-hidden />} word="Light" /> },
                { value: 'dark', label: <IconWord icon={<Moon aria-hidden />} word="Dark" /> },
              ]}
            />
            <Segmented<Density>
              label="Density"
              value={density}
              onChange={(next) => setAppearance({ density: next })}
              options={[
                { value: 'comfortable', label: <IconWord icon={<Rows3 aria-hidden />} word="Comfortable" /> },
                { value: 'compact', label: <IconWord icon={<Rows4 aria-hidden />} word="Compact" /> },
              ]}
            />
          </div>
        </div>
      </header>
      <main className="mx-auto flex max-w-6xl flex-col gap-12 px-4 py-8 sm:px-6">
        {inBrowser ? (
          <Suspense fallback={<SkeletonText lines={5} />}>
            <TokensSection />
            <ActionsSection />
            <FormsSection />
            <OverlaysSection />
            <DataSection />
            <FeedbackSection />
            <NavigationSection />
          </Suspense>
        ) : (
          <SkeletonText lines={5} />
        )}
      </main>
      <Toaster />
    </div>
  );
}

function IconWord({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <>
      {icon}
      <span className="sr-only">{word}</span>
    </>
  );
}
