'use client';
/** The newest orders, as they come in. */
import { ReceiptText } from 'lucide-react';
import { listOrders } from '../../../../shared/contracts/orders/list-orders.ts';
import { formatMoney } from '../../../components/data/format.ts';
import { When } from '../../../components/data/when.tsx';
import { ButtonLink } from '../../../components/ui/button-link';
import { OrderStatusBadge } from '../../../components/ui/status-badge';
import { useOperation } from '../../../lib/operations.ts';
import { ListCard } from './list-card.tsx';
import { LIVE_MS } from './live.ts';

const SHOWN = 8;

export function LatestOrders({ title = 'Latest orders' }: { title?: string }) {
  const reading = useOperation(listOrders, { query: { limit: String(SHOWN) } }, { refetchInterval: LIVE_MS });
  return (
    <ListCard
      title={title}
      reading={reading}
      rows={SHOWN}
      lines="two"
      action={
        <ButtonLink href="/orders" variant="ghost" size="sm" className="-me-2">
          All orders
        </ButtonLink>
      }
      empty={{
        icon: <ReceiptText aria-hidden />,
        title: 'No orders yet',
        description: 'The first one appears here by itself.',
      }}
      hrefOf={({ id }) => `/orders/${id}`}
      rowLook="numeric grid grid-cols-[minmax(0,1fr)_auto] gap-y-0 max-sm:content-center sm:grid-cols-[9.5rem_8rem_minmax(0,1fr)_auto]"
    >
      {(order) => (
        <>
          <span className="truncate font-medium">{order.number}</span>
          <span className="max-sm:order-3">
            <OrderStatusBadge status={order.status} />
          </span>
          <span className="truncate text-muted max-sm:order-4 max-sm:text-end max-sm:text-sm">
            <When at={order.placedAt} />
          </span>
          <span className="text-end font-medium">{formatMoney(order.total, order.currency)}</span>
        </>
      )}
    </ListCard>
  );
}
