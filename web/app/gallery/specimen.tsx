import type { ReactNode } from 'react';
import { cn } from '../../components/ui/cn';

/** A group of specimens with a heading to jump to. */
export function GallerySection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20">
      <h2 id={`${id}-title`} className="mb-3 text-xl font-semibold">
        {title}
      </h2>
      <div className="grid gap-4 lg:grid-cols-2">{children}</div>
    </section>
  );
}

/** One component in its states. */
export function Specimen({
  title,
  wide = false,
  flush = false,
  children,
}: {
  title: string;
  wide?: boolean;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        'flex min-w-0 flex-col overflow-clip rounded-lg border bg-surface shadow-rest',
        wide && 'lg:col-span-2',
      )}
    >
      <h3 className="border-b px-4 py-2 text-sm font-medium text-muted">{title}</h3>
      <div className={cn('min-w-0 flex-1', !flush && 'p-4')}>{children}</div>
    </div>
  );
}

/** Specimens side by side, wrapping. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}

/** Specimens below each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-4">{children}</div>;
}
