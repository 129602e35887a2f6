import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { WaitingWords } from './waiting-words';

interface SubmitProps {
  /** What the button does. */
  label: string;
  variant?: 'primary' | 'danger';
  isBusy: boolean;
  /** The form waits for something besides what the button began. */
  isWaiting?: boolean;
  isTryingAgain: boolean;
  /** Other ways to go. */
  children?: ReactNode;
}

/** The foot of a form: its button, why it takes time, and other ways to go. */
export function Submit({
  label,
  variant = 'primary',
  isBusy,
  isWaiting = isBusy,
  isTryingAgain,
  children,
}: SubmitProps) {
  return (
    <div className="flex flex-col gap-2">
      <Button type="submit" variant={variant} size="lg" wide loading={isBusy}>
        {label}
      </Button>
      <WaitingWords isBusy={isWaiting} isTryingAgain={isTryingAgain} />
      {children}
    </div>
  );
}
