import type { ReactNode } from 'react';
import { AppShell } from '../../components/shell/app-shell';
import { Providers } from '../../components/shell/providers';
import { SessionGuard } from '../../components/shell/session-guard';

export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {/* Who is signed in is asked while the code is still loading: one way to the API and back less before the page fills. */}
      <script src="/session.js" async />
      <Providers>
        <SessionGuard>
          <AppShell>{children}</AppShell>
        </SessionGuard>
      </Providers>
    </>
  );
}
