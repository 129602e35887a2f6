'use client';

import { CircleAlert } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, useContext, useId, useMemo } from 'react';
import { cn } from './cn';
import { Label } from './label';

interface FieldState {
  controlId: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}
const FieldContext = createContext<FieldState | undefined>(undefined);

interface ControlAria {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: ComponentProps<'input'>['aria-invalid'];
  'aria-required'?: ComponentProps<'input'>['aria-required'];
}

/** What ties a control to the `Field` around it: id, description, error, requiredness. What the control says itself wins. */
export function useFieldControl<P extends ControlAria>(props: P): P & ControlAria {
  const field = useContext(FieldContext);
  if (!field) return props;
  return {
    ...props,
    id: props.id ?? field.controlId,
    'aria-describedby': [field.describedBy, props['aria-describedby']].filter(Boolean).join(' ') || undefined,
    'aria-invalid': props['aria-invalid'] ?? (field.invalid || undefined),
    'aria-required': props['aria-required'] ?? (field.required || undefined),
  };
}

/** The id of the label of the `Field` around it: for groups, which a `for` can't name. */
export function useFieldLabelId(): string | undefined {
  return useContext(FieldContext)?.labelId;
}

export interface FieldProps {
  label: ReactNode;
  /** Always visible, below the label's control. */
  hint?: ReactNode;
  /** What is wrong; announced when it appears. */
  error?: ReactNode;
  required?: boolean;
  /** Says "optional" beside the label. */
  optional?: boolean;
  /** The label is for screen readers only (search fields, cells of tables). */
  hideLabel?: boolean;
  /** Stands at the far end of the label's line: a link, a count. */
  aside?: ReactNode;
  /** The control is a group (radio, checkboxes, date range): the label becomes the group's name. */
  group?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * Label, control, hint and error as one. The control inside takes its id and aria from here, so
 * `<Field label="E-mail" error={errors.email?.message}><Input {...register('email')} /></Field>` is complete.
 */
export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  hideLabel = false,
  aside,
  group = false,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const hasHint = hint !== undefined && hint !== null;
  const invalid = Boolean(error);
  const state = useMemo<FieldState>(
    () => ({
      controlId: `${id}-control`,
      labelId: `${id}-label`,
      describedBy: [hasHint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(' ') || undefined,
      invalid,
      required,
    }),
    [id, hasHint, invalid, required],
  );
  const words = (
    <>
      {label}
      {optional && <span className="font-normal text-subtle">(optional)</span>}
    </>
  );
  return (
    <FieldContext value={state}>
      <div
        className={cn('flex min-w-0 flex-col gap-1.5', className)}
        {...(group && { role: 'group', 'aria-labelledby': state.labelId, 'aria-describedby': state.describedBy })}
      >
        <div className={cn('flex items-baseline justify-between gap-3', hideLabel && !aside && 'sr-only')}>
          {group ? (
            <span
              id={state.labelId}
              className={cn('flex items-baseline gap-1.5 text-sm font-medium text-fg', hideLabel && 'sr-only')}
            >
              {words}
            </span>
          ) : (
            <Label id={state.labelId} htmlFor={state.controlId} className={cn(hideLabel && 'sr-only')}>
              {words}
            </Label>
          )}
          {aside && <span className="text-sm text-subtle">{aside}</span>}
        </div>
        {children}
        {hasHint && (
          <p id={`${id}-hint`} className="text-sm text-pretty text-subtle">
            {hint}
          </p>
        )}
        <div aria-live="polite" className="contents">
          {invalid && (
            <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm text-pretty text-bad">
              <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
              <span>{error}</span>
            </p>
          )}
        </div>
      </div>
    </FieldContext>
  );
}
