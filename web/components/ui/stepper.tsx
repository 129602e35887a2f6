import { Check } from 'lucide-react';
import { cn } from './cn';

export interface StepperProps {
  /** What the steps lead to, for screen readers. */
  label: string;
  steps: readonly { label: string; hint?: string }[];
  /** The index of the step that is under way; `steps.length`: all done. */
  current: number;
  className?: string;
}

/** Where one is in a few steps. On a phone only the current step is named. */
export function Stepper({ label, steps, current, className }: StepperProps) {
  return (
    <nav aria-label={label} className={className}>
      <ol className="flex items-start">
        {steps.map((step, index) => {
          const done = index < current;
          const now = index === current;
          return (
            <li
              key={step.label}
              aria-current={now ? 'step' : undefined}
              className={cn(
                'flex items-start gap-2',
                now ? 'max-sm:shrink-0' : 'min-w-0',
                index < steps.length - 1 && (now ? 'grow max-sm:basis-auto sm:flex-1' : 'flex-1'),
              )}
            >
              <span
                aria-hidden
                className={cn(
                  'numeric grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
                  done && 'bg-accent-solid text-on-accent',
                  now && 'bg-accent-soft text-accent inset-ring-2 inset-ring-accent-solid',
                  !done && !now && 'bg-surface text-muted inset-ring-1 inset-ring-control',
                )}
              >
                {done ? <Check className="size-3.5" strokeWidth={3} /> : index + 1}
              </span>
              <span className={cn('min-w-0 shrink-0 pt-0.5', !now && 'max-sm:sr-only')}>
                <span className={cn('block font-medium', !now && 'text-muted')}>
                  {step.label}
                  <span className="sr-only">{done ? ', done' : now ? ', current' : ''}</span>
                </span>
                {step.hint && <span className="hidden text-sm text-subtle sm:block">{step.hint}</span>}
              </span>
              {index < steps.length - 1 && (
                <span
                  aria-hidden
                  className={cn('mx-1 mt-3 h-px min-w-2 flex-1 sm:mx-3', done ? 'bg-accent-solid' : 'bg-line-strong')}
                />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
