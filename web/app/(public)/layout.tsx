import type { ReactNode } from 'react';
import { PublicFooter } from '../../components/public/public-footer';
import { PublicHeader } from '../../components/public/public-header';

/** The pages that everybody may see. They weigh little: no queries, no tables, no charts. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <script src="/early-forms.js" async />
      <a
        href="#main"
        className="fixed start-3 top-2 z-80 -translate-y-20 rounded-md bg-accent-solid px-3.5 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <PublicHeader />
      {children}
      <PublicFooter />
    </div>
  );
}
