'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

export interface ControlSize {
  /** Its height; follows the density. */
  controlSize?: 'sm' | 'md' | 'lg';
}
export const controlHeights = {
  sm: 'h-control-sm text-sm',
  md: 'h-control-md text-base',
  lg: 'h-control-lg text-lg',
} as const;

export type InputProps = ComponentProps<'input'> &
  ControlSize & {
    /** An icon or a few characters inside, before the text: a magnifier, a currency. */
    leading?: ReactNode;
    /** Inside, after the text: a unit, a button of size `icon-sm`. */
    trailing?: ReactNode;
  };

/** A text field of any `type`. Takes `{...register('name')}`; takes its label and error from the `Field` around it. */
export function Input({ controlSize = 'md', leading, trailing, className, ...own }: InputProps) {
  const props = useFieldControl(own);
  if (!leading && !trailing) {
    return <input className={cn('control-box px-3', controlHeights[controlSize], className)} {...props} />;
  }
  return (
    <span className={cn('control-box flex items-center', controlHeights[controlSize], className)}>
      {leading && (
        <span className="pointer-events-none flex shrink-0 items-center ps-3 text-subtle [&_svg]:size-4">
          {leading}
        </span>
      )}
      <input
        className={cn(
          'h-full w-full min-w-0 flex-1 rounded-md bg-transparent outline-none disabled:cursor-not-allowed',
          leading ? 'ps-2' : 'ps-3',
          trailing ? 'pe-2' : 'pe-3',
        )}
        {...props}
      />
      {trailing && <span className="flex shrink-0 items-center pe-1.5 text-subtle [&_svg]:size-4">{trailing}</span>}
    </span>
  );
}
