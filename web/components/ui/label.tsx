import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The label of one control; inside a `Field` you don't need it. */
export function Label({ htmlFor, className, children, ...props }: ComponentProps<'label'> & { htmlFor: string }) {
  return (
    <label
      htmlFor={htmlFor}
      className={cn('flex items-baseline gap-1.5 text-sm font-medium text-fg', className)}
      {...props}
    >
      {children}
    </label>
  );
}
