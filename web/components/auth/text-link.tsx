import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link within a sentence. */
export function TextLink({ className = '', ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={`rounded-sm font-medium text-accent underline decoration-accent-line underline-offset-4 hover:decoration-current ${className}`}
      {...props}
    />
  );
}
