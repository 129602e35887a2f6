/** How the kinds of notifications look and are called. */
import { LifeBuoy, Megaphone, PackageMinus, ReceiptText, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { NotificationKind } from '../../../shared/contracts/notifications/notification.ts';
import { cn } from '../ui/cn';

export const kindNames: Readonly<Record<NotificationKind, string>> = {
  orderUpdates: 'Orders',
  lowStock: 'Low stock',
  securityAlerts: 'Security',
  supportReplies: 'Support',
  productNews: 'Product news',
};
const icons: Readonly<Record<NotificationKind, ReactNode>> = {
  orderUpdates: <ReceiptText aria-hidden />,
  lowStock: <PackageMinus aria-hidden />,
  securityAlerts: <ShieldAlert aria-hidden />,
  supportReplies: <LifeBuoy aria-hidden />,
  productNews: <Megaphone aria-hidden />,
};
const tones: Partial<Record<NotificationKind, string>> = {
  lowStock: 'bg-warn-soft text-warn',
  securityAlerts: 'bg-bad-soft text-bad',
};

export function KindIcon({ kind }: { kind: NotificationKind }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-8 shrink-0 place-items-center rounded-md [&_svg]:size-4',
        tones[kind] ?? 'bg-sunken text-muted',
      )}
    >
      {icons[kind]}
    </span>
  );
}

/** The dot of what is unread, and the word for who does not see it. */
export function UnreadDot() {
  return (
    <span className="grid size-2 shrink-0 place-items-center rounded-full bg-accent-solid">
      <span className="sr-only">Unread</span>
    </span>
  );
}
