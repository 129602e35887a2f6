import Link from 'next/link';
import type { ComponentProps } from 'react';
import { type ButtonLook, type ButtonParts, buttonLook } from './button';
import { cn } from './cn';

export type ButtonLinkProps = ComponentProps<typeof Link> & ButtonLook & ButtonParts;

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({ variant, size, wide, icon, trailing, className, children, ...props }: ButtonLinkProps) {
  return (
    <Link className={cn(buttonLook({ variant, size, wide }), className)} {...props}>
      {icon}
      {children}
      {trailing}
    </Link>
  );
}
