'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useFieldControl } from './field';

/** A field of many lines; grows with its text where the browser can (`field-sizing`), from `rows` on. */
export function Textarea({ className, rows = 4, ...own }: ComponentProps<'textarea'>) {
  const props = useFieldControl(own);
  return (
    <textarea
      rows={rows}
      className={cn('control-box max-h-96 min-h-20 field-sizing-content resize-y px-3 py-2 text-base', className)}
      {...props}
    />
  );
}
