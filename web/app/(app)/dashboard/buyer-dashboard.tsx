'use client';
/** The start page of who sells nothing: their orders, and what is new in the shop. */
import { Package, Plus } from 'lucide-react';
import Link from 'next/link';
import { listProducts } from '../../../../shared/contracts/products/list-products.ts';
import { formatMoney } from '../../../components/data/format.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { ButtonLink } from '../../../components/ui/button';
import { Card, CardHeader } from '../../../components/ui/card';
import { EmptyState } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { useOperation } from '../../../lib/operations.ts';
import { useSession } from '../../../lib/session.tsx';
import { LatestOrders, wordsAsState } from './latest-orders.tsx';
import { RowSkeleton } from './row-skeleton.tsx';

const SHOWN = 8;

export function BuyerDashboard() {
  const { name } = useSession();
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={`Hello, ${name.split(' ')[0]}`}
        description="Your orders, and what is new in the shop."
        actions={
          <>
            <ButtonLink href="/products" icon={<Package aria-hidden />}>
              Browse products
            </ButtonLink>
            <ButtonLink href="/orders/new" variant="primary" icon={<Plus aria-hidden />}>
              New order
            </ButtonLink>
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <LatestOrders title="Your orders" />
        <NewProducts />
      </div>
    </div>
  );
}

function NewProducts() {
  const reading = useOperation(listProducts, {
    query: { status: 'published', inStock: 'true', limit: String(SHOWN) },
  });
  const { data, trouble } = reading;
  return (
    <Card aria-label="New in the shop">
      <CardHeader title="New in the shop" divided />
      {!data && trouble ? (
        <ErrorState compact {...wordsAsState(trouble)} onRetry={() => void reading.refetch()} />
      ) : !data ? (
        <RowSkeleton rows={SHOWN} />
      ) : data.items.length === 0 ? (
        <EmptyState
          compact
          icon={<Package aria-hidden />}
          title="Nothing for sale yet"
          description="Come back when the shop has opened."
        />
      ) : (
        <ul className="divide-y">
          {data.items.map((product) => (
            <li key={product.id}>
              <Link
                href={`/products/${product.id}`}
                prefetch={false}
                className="flex min-h-row items-center justify-between gap-4 px-card py-1 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 truncate">{product.name}</span>
                <span className="numeric shrink-0 font-medium">{formatMoney(product.price, product.currency)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
