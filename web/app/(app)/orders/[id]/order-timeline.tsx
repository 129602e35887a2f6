'use client';
/** What happened to an order, and what comes next. */
import { CircleX, ReceiptText } from 'lucide-react';
import { getOrderTimeline } from '../../../../../shared/contracts/orders/get-order-timeline.ts';
import { formatMoment } from '../../../../components/data/format.ts';
import { ErrorState } from '../../../../components/ui/error-state';
import { SkeletonText } from '../../../../components/ui/skeleton';
import { Timeline, type TimelineEntry } from '../../../../components/ui/timeline';
import { useOperation } from '../../../../lib/operations.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { useSession } from '../../../../lib/session.tsx';
import type { Order } from './order-record.ts';

const titles = { placed: 'Order placed', cancelled: 'Order cancelled' } as const;
const icons = { placed: <ReceiptText aria-hidden />, cancelled: <CircleX aria-hidden /> } as const;

export function OrderTimeline({ order }: { order: Order }) {
  const user = useSession();
  const reading = useOperation(getOrderTimeline, { params: { id: order.id } }, { refetchInterval: 10_000 });
  if (!reading.data && reading.trouble) {
    const { title, text } = wordsFor(reading.trouble);
    return <ErrorState compact title={title} description={text} onRetry={() => void reading.refetch()} />;
  }
  if (!reading.data) return <SkeletonText lines={2} />;
  const by = (id: string) => {
    if (id === user.id) return 'By you';
    if (id === 'system') return 'By itself';
    return id === order.buyer ? 'By the buyer' : `By ${id}`;
  };
  const entries: TimelineEntry[] = reading.data.entries.map((entry) => ({
    id: `${entry.what} ${entry.at}`,
    title: titles[entry.what],
    at: entry.at,
    time: formatMoment(entry.at),
    description: entry.reason ? `${by(entry.by)}: “${entry.reason}”` : by(entry.by),
    icon: icons[entry.what],
    tone: entry.what === 'cancelled' ? 'bad' : 'accent',
  }));
  return <Timeline entries={entries} />;
}
