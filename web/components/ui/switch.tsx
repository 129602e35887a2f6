'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

export type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'size' | 'role'> & {
  /** Leave it out only with an `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
};

/** On or off, at once: without a button that saves. Takes `{...register('trackInventory')}`. */
export function Switch({ label, hint, className, ...own }: SwitchProps) {
  const hintId = useId();
  const fallbackId = useId();
  const props = useFieldControl({ ...own, 'aria-describedby': hint ? hintId : own['aria-describedby'] });
  const id = props.id ?? fallbackId;
  const control = (
    <span className={cn('relative inline-flex h-5 w-9 shrink-0', !label && className)}>
      <input
        {...props}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says aria-checked itself
        role="switch"
        className="peer h-5 w-9 cursor-pointer appearance-none rounded-full border border-control bg-sunken transition-colors checked:border-accent-solid checked:bg-accent-solid hover:not-disabled:not-checked:border-muted disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:before:absolute pointer-coarse:before:-inset-3"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute start-0.75 top-0.75 size-3.5 rounded-full bg-control transition-transform peer-checked:translate-x-4 peer-checked:bg-on-accent rtl:peer-checked:-translate-x-4"
      />
    </span>
  );
  if (!label) return control;
  return (
    <div className={cn('flex items-start justify-between gap-4', className)}>
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium text-pretty">
          {label}
        </label>
        {hint && (
          <p id={hintId} className="text-sm text-pretty text-muted">
            {hint}
          </p>
        )}
      </div>
      {control}
    </div>
  );
}
