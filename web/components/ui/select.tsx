'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';
import { type ControlSize, controlHeights } from './input';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

export type SelectProps = Omit<ComponentProps<'select'>, 'size'> &
  ControlSize & {
    options?: readonly SelectOption[];
    /** The choice of nothing, with the value ''. */
    placeholder?: string;
  };

/**
 * The browser's own select: the phone's own picker, typing to find, `{...register('status')}`, no script. Give `options`, or
 * `<option>` and `<optgroup>` as children. (Radix's select needs inline style elements, which our content security policy
 * refuses.) To find one of many, or of what the API has, use `Combobox`.
 */
export function Select({ options, placeholder, controlSize = 'md', className, children, ...own }: SelectProps) {
  const props = useFieldControl(own);
  return (
    <span className={cn('relative inline-flex w-full', className)}>
      <select className={cn('control-box appearance-none truncate ps-3 pe-8', controlHeights[controlSize])} {...props}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-subtle"
      />
    </span>
  );
}
