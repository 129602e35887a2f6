import type { ComponentProps } from 'react';
import { Avatar, initialsOf } from '../ui/avatar';

/** Opens the account menu. */
export function AccountButton({
  name,
  picture,
  ...props
}: ComponentProps<'button'> & { name: string; picture?: string }) {
  return (
    <button
      type="button"
      // Who says what they see, the initials, must reach it too (WCAG 2.5.3).
      aria-label={`${initialsOf(name)}: account of ${name}`}
      aria-haspopup="menu"
      className="grid size-9 place-items-center rounded-full hover:bg-pressed/60 data-[state=open]:bg-pressed pointer-coarse:size-11"
      {...props}
    >
      <Avatar name={name} src={picture} />
    </button>
  );
}
