import { Bell } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '../ui/button';

const MOST = 99;

/** Opens the newest notifications, and says how many are unread. */
export function BellButton({ unread = 0, ...props }: ComponentProps<'button'> & { unread?: number }) {
  const shown = unread > MOST ? `${MOST}+` : String(unread);
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={unread > 0 ? `Notifications, ${shown} unread` : 'Notifications'}
      aria-haspopup="dialog"
      {...props}
    >
      <Bell aria-hidden />
      {unread > 0 && (
        <span
          aria-hidden
          className="numeric absolute start-1/2 bottom-1/2 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent-solid px-1 text-xs font-medium text-on-accent"
        >
          {shown}
        </span>
      )}
    </Button>
  );
}
