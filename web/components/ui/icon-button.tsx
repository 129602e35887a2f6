'use client';

import { Button, type ButtonProps } from './button';
import { Tooltip } from './tooltip';

export type IconButtonProps = Omit<ButtonProps, 'size' | 'wide' | 'trailing' | 'children' | 'aria-label'> & {
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
  size?: 'sm' | 'md';
  /** No tooltip where the icon says it all (closing a dialog). */
  plain?: boolean;
};

/** A button of one icon. It always has a name. */
export function IconButton({ label, size = 'md', plain = false, variant = 'ghost', ...props }: IconButtonProps) {
  const button = <Button variant={variant} size={size === 'sm' ? 'icon-sm' : 'icon'} aria-label={label} {...props} />;
  return plain ? button : <Tooltip content={label}>{button}</Tooltip>;
}
