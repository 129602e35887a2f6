'use client';

import { Check } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  /** Leave it out only with an `aria-label` (the selection of rows). */
  label?: ReactNode;
  hint?: ReactNode;
  /** Some of what it stands for is checked. */
  indeterminate?: boolean;
};

/** On or off, or some. Takes `{...register('acceptTerms')}`. */
export function Checkbox({ label, hint, indeterminate = false, className, ref, ...own }: CheckboxProps) {
  const hintId = useId();
  const fallbackId = useId();
  const props = useFieldControl({ ...own, 'aria-describedby': hint ? hintId : own['aria-describedby'] });
  const id = props.id ?? fallbackId;
  const box = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const control = (
    <span className={cn('relative grid size-4 shrink-0 place-items-center', label ? 'mt-0.5' : className)}>
      <input
        {...props}
        id={id}
        type="checkbox"
        ref={(element) => {
          box.current = element;
          if (typeof ref === 'function') return ref(element);
          if (ref) ref.current = element;
        }}
        className="peer col-start-1 row-start-1 size-4 cursor-pointer appearance-none rounded-sm border border-control bg-surface shadow-rest transition-colors checked:border-accent-solid checked:bg-accent-solid indeterminate:border-accent-solid indeterminate:bg-accent-solid hover:not-checked:not-indeterminate:not-disabled:border-muted disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-bad pointer-coarse:before:absolute pointer-coarse:before:-inset-3"
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none relative col-start-1 row-start-1 hidden size-3 text-on-accent peer-checked:not-peer-indeterminate:block"
      />
      <span
        aria-hidden
        className="pointer-events-none relative col-start-1 row-start-1 hidden h-0.5 w-2 rounded-full bg-on-accent peer-indeterminate:block"
      />
    </span>
  );
  if (!label) return control;
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      {control}
      <div className="min-w-0">
        <label htmlFor={id} className="block text-pretty has-disabled:text-subtle">
          {label}
        </label>
        {hint && (
          <p id={hintId} className="text-sm text-pretty text-subtle">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
