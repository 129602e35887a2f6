import { CircleHelp } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '../ui/button';

/** Opens the help menu. */
export function HelpButton(props: ComponentProps<'button'>) {
  return (
    <Button variant="ghost" size="icon" aria-label="Help" aria-haspopup="menu" {...props}>
      <CircleHelp aria-hidden />
    </Button>
  );
}
