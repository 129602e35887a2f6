import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

export const buttonLook = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed not-aria-busy:aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent-solid text-on-accent shadow-rest hover:bg-accent-solid-hover active:bg-accent-solid-hover',
        secondary: 'border border-line-strong bg-surface text-fg shadow-rest hover:bg-hover active:bg-pressed',
        ghost: 'text-fg hover:bg-pressed/60 active:bg-pressed',
        danger: 'bg-bad-solid text-on-accent shadow-rest hover:bg-bad-solid-hover active:bg-bad-solid-hover',
        'danger-ghost': 'text-bad hover:bg-bad-soft active:bg-bad-soft',
        link: 'text-accent underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-control-sm px-2.5 text-sm',
        md: 'h-control-md px-3.5 text-base',
        lg: 'h-control-lg px-5 text-lg',
        'icon-sm': 'size-control-sm',
        icon: 'size-control-md',
      },
      wide: { true: 'w-full' },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto! px-0!' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonLook = VariantProps<typeof buttonLook>;
export type ButtonVariant = NonNullable<ButtonLook['variant']>;

export interface ButtonParts {
  /** Stands before the words. */
  icon?: ReactNode;
  /** Stands after the words. */
  trailing?: ReactNode;
}

export type ButtonProps = ComponentProps<'button'> &
  ButtonLook &
  ButtonParts & {
    /** It runs: shows a spinner in place of the icon, keeps its width and its focus, and can't be pressed again. */
    loading?: boolean;
  };

/** `type` is `button` unless told otherwise, so that no button submits a form by accident. */
export function Button({
  variant,
  size,
  wide,
  icon,
  trailing,
  loading = false,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      className={cn(buttonLook({ variant, size, wide }), className)}
      {...props}
    >
      {loading && icon ? <Spinner /> : icon}
      {loading && !icon ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
      {trailing}
    </button>
  );
}
