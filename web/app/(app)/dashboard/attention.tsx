'use client';
/** What needs somebody: orders that wait, products that run out. */
import { ChevronRight, CircleCheck, Clock } from 'lucide-react';
import { listOrders } from '../../../../shared/contracts/orders/list-orders.ts';
import { listProducts } from '../../../../shared/contracts/products/list-products.ts';
import { formatCount } from '../../../components/data/format.ts';
import { Card, CardHeader } from '../../../components/ui/card';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { Link } from '../../../components/ui/link';
import { StockBadge } from '../../../components/ui/status-badge';
import { useOperation } from '../../../lib/operations.ts';
import { useCan } from '../../../lib/session.tsx';
import { rowLink, wordsAsState } from './list-card.tsx';
import { CALM_MS, LIVE_MS } from './live.ts';
import { RowSkeleton, rowHeights } from './row-skeleton.tsx';

const SHOWN = 6;

export function Attention() {
  // A seller's own goods; staff look after all of them.
  const isOwnOnly = useCan('products:write') === 'own';
  const pending = useOperation(listOrders, { query: { status: 'pending', limit: '1' } }, { refetchInterval: LIVE_MS });
  const scarce = useOperation(
    listProducts,
    {
      query: {
        status: 'published',
        sort: 'stock',
        order: 'asc',
        limit: String(SHOWN),
        ...(isOwnOnly && { creator: 'me' }),
      },
      expand: ['inventory'],
    },
    { refetchInterval: CALM_MS },
  );
  const trouble = (!pending.data && pending.trouble) || (!scarce.data && scarce.trouble);
  const products = scarce.data?.items.filter(({ stockState }) => stockState !== 'in_stock') ?? [];
  const waiting = pending.data?.pagination;
  const isAllWell = waiting && scarce.data && waiting.totalItems === 0 && products.length === 0;
  return (
    <Card aria-label="Needs attention">
      <CardHeader title="Needs attention" divided />
      {trouble ? (
        <ErrorState
          compact
          {...wordsAsState(trouble)}
          onRetry={() => {
            void pending.refetch();
            void scarce.refetch();
          }}
        />
      ) : !waiting || !scarce.data ? (
        <RowSkeleton rows={SHOWN + 1} />
      ) : isAllWell ? (
        <EmptyState
          compact
          icon={<CircleCheck aria-hidden />}
          title="All is well"
          description="No order waits, and nothing runs out."
        />
      ) : (
        <ul className="divide-y">
          {waiting.totalItems > 0 && (
            <li>
              <Link href="/orders?status=pending" prefetch={false} className={row}>
                <Clock aria-hidden className="size-4 shrink-0 text-warn" />
                <span className="min-w-0 flex-1 truncate font-medium">
                  {formatCount(waiting.totalItems)}
                  {waiting.totalIsExact ? '' : '+'} {waiting.totalItems === 1 ? 'order waits' : 'orders wait'} for
                  payment
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-subtle" />
              </Link>
            </li>
          )}
          {products.map((product) => (
            <li key={product.id}>
              <Link href={`/products/${product.id}`} prefetch={false} className={row}>
                <span className="min-w-0 flex-1 truncate">{product.name}</span>
                {product.inventory && product.inventory.stock > 0 && (
                  <span className="numeric shrink-0 text-muted">{formatCount(product.inventory.stock)} left</span>
                )}
                <StockBadge state={product.stockState} />
              </Link>
            </li>
          ))}
          {products.length === SHOWN && (
            <li>
              <Link
                href="/products?sort=stock&order=asc&status=published"
                prefetch={false}
                className={`${row} text-accent`}
              >
                All products by stock
              </Link>
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

const row = `flex ${rowHeights.one} ${rowLink}`;
