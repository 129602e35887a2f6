'use client';
/** The newest orders, as they come in. */
import { ReceiptText } from 'lucide-react';
import Link from 'next/link';
import { listOrders } from '../../../../shared/contracts/orders/list-orders.ts';
import { formatMoney } from '../../../components/data/format.ts';
import { TroubleNotice } from '../../../components/data/trouble-notice.tsx';
import { When } from '../../../components/data/when.tsx';
import { ButtonLink } from '../../../components/ui/button';
import { Card, CardHeader } from '../../../components/ui/card';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { OrderStatusBadge } from '../../../components/ui/status-badge';
import { useOperation } from '../../../lib/operations.ts';
import { wordsFor } from '../../../lib/problems.ts';
import { LIVE_MS } from './live.ts';
import { RowSkeleton } from './row-skeleton.tsx';

const SHOWN = 8;

export function LatestOrders({ title = 'Latest orders' }: { title?: string }) {
  const reading = useOperation(listOrders, { query: { limit: String(SHOWN) } }, { refetchInterval: LIVE_MS });
  const { data, trouble } = reading;
  return (
    <Card aria-label={title}>
      <CardHeader
        title={title}
        divided
        actions={
          <ButtonLink href="/orders" variant="ghost" size="sm" className="-me-2">
            All orders
          </ButtonLink>
        }
      />
      {data && trouble && (
        <TroubleNotice error={trouble} isTryingAgain={reading.isTryingAgain} onRetry={() => void reading.refetch()} />
      )}
      {!data && trouble ? (
        <ErrorState compact {...wordsAsState(trouble)} onRetry={() => void reading.refetch()} />
      ) : !data ? (
        <RowSkeleton rows={SHOWN} />
      ) : data.items.length === 0 ? (
        <EmptyState
          compact
          icon={<ReceiptText aria-hidden />}
          title="No orders yet"
          description="The first one appears here by itself."
        />
      ) : (
        <ul className="divide-y">
          {data.items.map((order) => (
            <li key={order.id}>
              <Link
                href={`/orders/${order.id}`}
                prefetch={false}
                className="numeric grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-card py-1 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:grid-cols-[9.5rem_8rem_minmax(0,1fr)_auto]"
              >
                <span className="truncate font-medium">{order.number}</span>
                <span className="max-sm:order-3">
                  <OrderStatusBadge status={order.status} />
                </span>
                <span className="truncate text-muted max-sm:order-4 max-sm:text-end max-sm:text-sm">
                  <When at={order.placedAt} />
                </span>
                <span className="text-end font-medium">{formatMoney(order.total, order.currency)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

export function wordsAsState(error: Error): { title: string; description: string; requestId?: string } {
  const { title, text, requestId } = wordsFor(error);
  return { title, description: text, ...(requestId && { requestId }) };
}
