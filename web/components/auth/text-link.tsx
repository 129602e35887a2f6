import type { ComponentProps } from 'react';

/** A link within a sentence. */
export function TextLink({ className = '', ...props }: ComponentProps<'a'>) {
  return (
    <a
      className={`rounded-sm font-medium text-accent underline decoration-accent-line underline-offset-4 hover:decoration-current ${className}`}
      {...props}
    />
  );
}
