'use client';
import { CircleX, Plus, ReceiptText } from 'lucide-react';
import { useMemo } from 'react';
import type * as z from 'zod';
import { overview } from '../../../../shared/contracts/analytics/overview.ts';
import { series } from '../../../../shared/contracts/analytics/series.ts';
import { cancelOrder } from '../../../../shared/contracts/orders/cancel-order.ts';
import { getOrder } from '../../../../shared/contracts/orders/get-order.ts';
import { listOrders } from '../../../../shared/contracts/orders/list-orders.ts';
import { orderStatuses } from '../../../../shared/contracts/orders/states.ts';
import { HOUSE } from '../../../../shared/permissions.ts';
import type { BulkAction, Column, Filter } from '../../../components/data/column.ts';
import { DataTable } from '../../../components/data/data-table.tsx';
import { formatCount, formatMoney } from '../../../components/data/format.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { When } from '../../../components/data/when.tsx';
import { ButtonLink } from '../../../components/ui/button-link';
import { OrderStatusBadge } from '../../../components/ui/status-badge';
import { api } from '../../../lib/api.ts';
import { useCan } from '../../../lib/session.tsx';
import { titleCase } from '../users/title-case.ts';

export type OrderRow = z.output<typeof listOrders.output>;

const columns: readonly Column<OrderRow>[] = [
  { id: 'number', header: 'Order', cell: ({ number }) => <span className="font-medium">{number}</span> },
  { id: 'status', header: 'Status', width: 'w-32', cell: ({ status }) => <OrderStatusBadge status={status} /> },
  {
    id: 'placedAt',
    header: 'Placed',
    sort: 'createdAt',
    firstOrder: 'desc',
    width: 'w-36',
    cell: ({ placedAt }) => <When at={placedAt} />,
  },
  { id: 'itemCount', header: 'Items', width: 'w-20', align: 'end', cell: ({ itemCount }) => formatCount(itemCount) },
  {
    id: 'total',
    header: 'Total',
    sort: 'total',
    firstOrder: 'desc',
    width: 'w-30',
    align: 'end',
    cell: ({ total, currency }) => <span className="font-medium">{formatMoney(total, currency)}</span>,
  },
  {
    id: 'seller',
    header: 'Seller',
    width: 'w-36',
    quiet: true,
    isWideOnly: true,
    cell: ({ seller }) => (seller === HOUSE ? 'The company' : seller),
  },
  {
    id: 'buyer',
    header: 'Buyer',
    width: 'w-44',
    quiet: true,
    isHidden: true,
    cell: ({ buyer }) => <span className="font-mono text-sm">{buyer}</span>,
  },
];

const baseFilters: readonly Filter[] = [
  {
    kind: 'choice',
    param: 'status',
    label: 'Status',
    options: orderStatuses.map((value) => ({ value, label: titleCase(value) })),
  },
  { kind: 'days', from: 'createdAfter', to: 'createdBefore', label: 'Placed' },
  { kind: 'amounts', from: 'minTotal', to: 'maxTotal', label: 'Total' },
];
const staffFilters: readonly Filter[] = [
  ...baseFilters,
  { kind: 'text', param: 'user', label: 'Buyer', placeholder: 'usr_…', hint: 'The id of a user.' },
];

const actions: readonly BulkAction<OrderRow>[] = [
  {
    label: 'Cancel orders',
    icon: <CircleX aria-hidden />,
    tone: 'danger',
    can: ({ _links }) => _links.cancel !== undefined,
    run: (row, idempotencyKey) =>
      api.call(cancelOrder, { params: { id: row.id }, body: {}, ifMatch: row.version, idempotencyKey }),
    confirm: {
      title: (count) => `Cancel ${count === 1 ? 'this order' : `these ${formatCount(count)} orders`}?`,
      description: 'What they hold goes back into stock at once. This can not be undone.',
      confirmLabel: 'Cancel orders',
    },
    done: (count) => `${formatCount(count)} ${count === 1 ? 'order' : 'orders'} cancelled`,
  },
];
const followers = [getOrder, overview, series] as const;

export function OrderList() {
  const seesAll = useCan('orders:read') === 'any';
  const places = useCan('orders:place') !== undefined;
  const empty = useMemo(
    () => ({
      icon: <ReceiptText aria-hidden />,
      title: 'No orders yet',
      description: 'An order appears here the moment it is placed.',
      action: places && (
        <ButtonLink href="/orders/new" variant="primary" size="sm" icon={<Plus aria-hidden />}>
          New order
        </ButtonLink>
      ),
    }),
    [places],
  );
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Orders"
        description={
          seesAll ? 'All that was ordered, and where each stands.' : 'What you ordered, and what was ordered from you.'
        }
        actions={
          places && (
            <ButtonLink href="/orders/new" variant="primary" icon={<Plus aria-hidden />}>
              New order
            </ButtonLink>
          )
        }
      />
      <DataTable
        contract={listOrders}
        name="orders"
        columns={columns}
        filters={seesAll ? staffFilters : baseFilters}
        search={{
          label: 'Search orders',
          placeholder: 'Order number',
          hint: 'The beginning of a number, such as MW-4R3.',
        }}
        sort="createdAt"
        order="desc"
        hrefOf={({ id }) => `/orders/${id}`}
        labelOf={({ number }) => number}
        card={(order) => (
          <span className="flex flex-col gap-1.5">
            <span className="flex items-center justify-between gap-3">
              <span className="font-medium">{order.number}</span>
              <span className="numeric font-medium">{formatMoney(order.total, order.currency)}</span>
            </span>
            <span className="flex items-center justify-between gap-3 text-sm text-muted">
              <OrderStatusBadge status={order.status} />
              <span className="numeric">
                {order.itemCount} {order.itemCount === 1 ? 'item' : 'items'} · <When at={order.placedAt} />
              </span>
            </span>
          </span>
        )}
        actions={actions}
        invalidates={followers}
        empty={empty}
        refetchInterval={10_000}
      />
    </div>
  );
}
