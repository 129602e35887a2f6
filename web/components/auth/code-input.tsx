'use client';

import { type Ref, useState } from 'react';
import { cn } from '../ui/cn';
import { useFieldControl } from '../ui/field';

/** Digits of a code. */
export const DIGITS = 6;
/** What of a text belongs into the field. */
export const digitsOf = (text: string) => text.replace(/\D/g, '').slice(0, DIGITS);

export interface CodeInputProps {
  name: string;
  readOnly?: boolean;
  value: string;
  onChange: (code: string) => void;
  ref?: Ref<HTMLInputElement>;
}

/**
 * Six digits as six cells, but ONE field beneath: pasting, filling in from the mail, deleting and screen readers work as with any other.
 */
export function CodeInput({ value, onChange, ref, ...props }: CodeInputProps) {
  const [hasFocus, setFocus] = useState(false);
  const control = useFieldControl({});
  const active = Math.min(value.length, DIGITS - 1);
  return (
    <div className="relative">
      <div aria-hidden className="grid grid-cols-6 gap-2">
        {Array.from({ length: DIGITS }, (_, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={i}
            className={cn(
              'numeric grid h-13 place-items-center rounded-lg border bg-surface text-2xl font-semibold',
              control['aria-invalid'] ? 'border-bad' : 'border-control',
              hasFocus && i === active && 'outline-2 -outline-offset-1 outline-ring',
            )}
          >
            {value[i] ?? ''}
          </span>
        ))}
      </div>
      <input
        {...control}
        {...props}
        ref={ref}
        value={value}
        onChange={(event) => onChange(digitsOf(event.target.value))}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\d{6}"
        required
        className="absolute inset-0 cursor-text rounded-lg bg-transparent text-lg text-transparent caret-transparent outline-none selection:bg-transparent selection:text-transparent"
      />
    </div>
  );
}
