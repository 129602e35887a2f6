import { type ButtonLook, type ButtonParts, buttonLook } from './button';
import { cn } from './cn';
import { Link, type LinkProps } from './link';

export type ButtonLinkProps = LinkProps & ButtonLook & ButtonParts;

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
