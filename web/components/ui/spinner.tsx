import { LoaderCircle } from 'lucide-react';
import { cn } from './cn';

/** Shows that something runs. Say what in words beside it, or give `label`. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span className={cn('inline-flex', className)} role={label ? 'status' : undefined}>
      <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-[spin_4s_linear_infinite]" />
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
