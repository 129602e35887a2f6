import type { ReactNode } from 'react';

/** A column in the middle: nothing beside the form. */
export default function FormsLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="flex flex-1 flex-col items-center px-5 pt-8 pb-20 outline-none sm:pt-16">
      {children}
    </main>
  );
}
