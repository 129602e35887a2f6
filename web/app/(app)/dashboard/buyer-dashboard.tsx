'use client';
/** The start page of who sells nothing: their orders, and what is new in the shop. */
import { Package, Plus } from 'lucide-react';
import { listProducts } from '../../../../shared/contracts/products/list-products.ts';
import { formatMoney } from '../../../components/data/format.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { ButtonLink } from '../../../components/ui/button-link';
import { useOperation } from '../../../lib/operations.ts';
import { useSession } from '../../../lib/session.tsx';
import { LatestOrders } from './latest-orders.tsx';
import { ListCard, twoCards } from './list-card.tsx';

const SHOWN = 8;

export function BuyerDashboard() {
  const { name } = useSession();
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Dashboard"
        description={`Hello, ${name.split(' ')[0]}: your orders, and what is new in the shop.`}
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
      <div className={twoCards}>
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
  return (
    <ListCard
      title="New in the shop"
      reading={reading}
      rows={SHOWN}
      empty={{
        icon: <Package aria-hidden />,
        title: 'Nothing for sale yet',
        description: 'Come back when the shop has opened.',
      }}
      hrefOf={({ id }) => `/products/${id}`}
      rowLook="flex justify-between"
    >
      {(product) => (
        <>
          <span className="min-w-0 truncate">{product.name}</span>
          <span className="numeric shrink-0 font-medium">{formatMoney(product.price, product.currency)}</span>
        </>
      )}
    </ListCard>
  );
}
