'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn';
import { useFieldLabelId } from './field';

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export type RadioGroupProps = Omit<ComponentProps<'input'>, 'type' | 'value' | 'defaultValue' | 'onChange' | 'id'> & {
  options: readonly RadioOption[];
  value?: string;
  defaultValue?: string;
  onChange?: ComponentProps<'input'>['onChange'];
  /** Each choice is a card: for few choices with much to say. */
  cards?: boolean;
};

/** One of a few, all visible. Takes `{...register('plan')}`. Put it in a `Field` with `group`, which names it. */
export function RadioGroup({
  options,
  value,
  defaultValue,
  onChange,
  cards = false,
  name,
  className,
  disabled,
  ...props
}: RadioGroupProps) {
  const id = useId();
  const labelledBy = useFieldLabelId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={props['aria-label'] ? undefined : labelledBy}
      aria-label={props['aria-label']}
      className={cn(cards ? 'grid gap-2 sm:auto-cols-fr sm:grid-flow-col' : 'flex flex-col gap-2', className)}
    >
      {options.map((option) => {
        const optionId = `${id}-${option.value}`;
        return (
          <div
            key={option.value}
            className={cn(
              'relative flex items-start gap-2.5',
              cards &&
                'rounded-lg border border-line-strong bg-surface p-3 shadow-rest transition-colors has-checked:border-accent-solid has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
            )}
          >
            <input
              {...props}
              id={optionId}
              type="radio"
              name={name ?? id}
              value={option.value}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={defaultValue === undefined ? undefined : defaultValue === option.value}
              onChange={onChange ?? (value === undefined ? undefined : () => {})}
              disabled={disabled || option.disabled}
              aria-describedby={option.hint ? `${optionId}-hint` : undefined}
              className={cn(
                'mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-surface shadow-rest transition-colors checked:border-5 checked:border-accent-solid checked:bg-on-accent hover:not-checked:not-disabled:border-muted disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:before:absolute pointer-coarse:before:-inset-2',
                cards && 'outline-none before:absolute before:inset-0 before:rounded-lg',
              )}
            />
            <div className="min-w-0">
              <label htmlFor={optionId} className={cn('block', cards && 'font-medium')}>
                {option.label}
              </label>
              {option.hint && (
                <p id={`${optionId}-hint`} className="text-sm text-pretty text-muted">
                  {option.hint}
                </p>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
