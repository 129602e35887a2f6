'use client';
import type { ReactNode } from 'react';
import { getOrder } from '../../../../../shared/contracts/orders/get-order.ts';
import { getUser } from '../../../../../shared/contracts/users/get-user.ts';
import { idSchema } from '../../../../../shared/ids.ts';
import { HOUSE } from '../../../../../shared/permissions.ts';
import { formatCount, formatMoney } from '../../../../components/data/format.ts';
import { PageHeader } from '../../../../components/data/page-header.tsx';
import { RecordState } from '../../../../components/data/record-state.tsx';
import { TroubleNotice } from '../../../../components/data/trouble-notice.tsx';
import { useRecordId } from '../../../../components/data/use-record-id.ts';
import { When } from '../../../../components/data/when.tsx';
import { usePageName } from '../../../../components/shell/crumbs';
import { Alert } from '../../../../components/ui/alert';
import { Card, CardBody, CardHeader } from '../../../../components/ui/card';
import { KeyValue } from '../../../../components/ui/key-value';
import { Link } from '../../../../components/ui/link';
import { Skeleton } from '../../../../components/ui/skeleton';
import { OrderStatusBadge } from '../../../../components/ui/status-badge';
import { Table, TableFrame, TBody, TD, TFoot, TH, THead, TRow } from '../../../../components/ui/table';
import { useOperation } from '../../../../lib/operations.ts';
import { useCan, useSession } from '../../../../lib/session.tsx';
import { CancelOrder } from './cancel-order.tsx';
import type { Order } from './order-record.ts';
import { OrderTimeline } from './order-timeline.tsx';

const orderId = idSchema('order');

export function OrderDetail() {
  const id = useRecordId(orderId);
  const reading = useOperation(
    getOrder,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined, refetchInterval: 10_000 },
  );
  const order = reading.data;
  usePageName(order?.number);
  if (!order)
    return <RecordState name="order" id={id} reading={reading} skeleton={<OrderSkeleton />} listHref="/orders" />;
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title={order.number}
        badge={<OrderStatusBadge status={order.status} />}
        description={
          <>
            Placed <When at={order.placedAt} exact />
          </>
        }
        actions={order._links.cancel && <CancelOrder order={order} />}
      />
      {reading.trouble && (
        <TroubleNotice
          error={reading.trouble}
          isTryingAgain={reading.isTryingAgain}
          onRetry={() => void reading.refetch()}
        />
      )}
      {order.status === 'cancelled' && (
        <Alert tone="warn" role="status" title="This order is cancelled">
          {order.cancelReason ? `“${order.cancelReason}”. ` : ''}What it held went back into stock.
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Lines order={order} />
          <Card>
            <CardHeader title="Timeline" />
            <CardBody>
              <OrderTimeline order={order} />
            </CardBody>
          </Card>
        </div>
        <Facts order={order} />
      </div>
    </div>
  );
}

function Lines({ order: { lines, currency, total, itemCount } }: { order: Order }) {
  return (
    <Card>
      <CardHeader
        title="Items"
        description={`${formatCount(itemCount)} ${itemCount === 1 ? 'unit' : 'units'}`}
        divided
      />
      <TableFrame label="Items of the order">
        <Table>
          <THead>
            <tr>
              <TH>Product</TH>
              <TH align="end">Quantity</TH>
              <TH align="end" className="max-sm:hidden">
                Price
              </TH>
              <TH align="end">Total</TH>
            </tr>
          </THead>
          <TBody>
            {lines.map((line) => (
              <TRow key={line.productId}>
                <TD>
                  <Link
                    href={`/products/${line.productId}`}
                    prefetch={false}
                    className="font-medium underline-offset-4 hover:underline"
                  >
                    {line.name}
                  </Link>
                  <span className="block text-sm text-muted sm:hidden">
                    {formatMoney(line.unitPrice, currency)} each
                  </span>
                </TD>
                <TD align="end">{formatCount(line.quantity)}</TD>
                <TD align="end" quiet className="max-sm:hidden">
                  {formatMoney(line.unitPrice, currency)}
                </TD>
                <TD align="end">{formatMoney(line.total, currency)}</TD>
              </TRow>
            ))}
          </TBody>
          <TFoot>
            <tr>
              <TH scope="row" className="border-t border-b-0! bg-surface! text-base! text-fg!">
                Total
              </TH>
              <TD className="border-t border-b-0!" />
              <TD className="border-t border-b-0! max-sm:hidden" />
              <TD align="end" className="border-t border-b-0! text-lg font-semibold">
                {formatMoney(total, currency)}
              </TD>
            </tr>
          </TFoot>
        </Table>
      </TableFrame>
    </Card>
  );
}

function Facts({ order }: { order: Order }) {
  const user = useSession();
  const seesUsers = useCan('users:read') === 'any';
  // People know each other by name, not by id.
  const buyer = useOperation(getUser, { params: { id: order.buyer } }, { enabled: seesUsers, staleTime: 300_000 });
  const person = (id: string, name?: string): ReactNode => {
    if (id === HOUSE) return 'The company';
    if (id === user.id) return 'You';
    if (!seesUsers) return <span className="font-mono text-sm">{id}</span>;
    return (
      <Link
        href={`/users/${id}`}
        prefetch={false}
        className="text-accent underline decoration-accent-line underline-offset-4 hover:decoration-current"
      >
        {name ?? <span className="font-mono text-sm">{id}</span>}
      </Link>
    );
  };
  const { shippingAddress: address, note } = order;
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <CardHeader title="Parties" />
        <CardBody>
          <KeyValue
            items={[
              { label: 'Buyer', value: person(order.buyer, buyer.data?.name) },
              { label: 'Seller', value: person(order.seller) },
              { label: 'Order id', value: <span className="font-mono text-sm">{order.id}</span>, copy: order.id },
            ]}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Delivery" />
        <CardBody className="flex flex-col gap-4">
          {address ? (
            <address className="whitespace-pre-line not-italic">
              {[
                address.name,
                address.line1,
                address.line2,
                `${address.postalCode} ${address.city}`,
                address.region,
                address.country,
              ]
                .filter(Boolean)
                .join('\n')}
            </address>
          ) : (
            <p className="text-subtle">No address was given.</p>
          )}
          {note && <KeyValue layout="columns" items={[{ label: 'Note', value: note }]} />}
        </CardBody>
      </Card>
    </div>
  );
}

function OrderSkeleton() {
  return (
    <div className="flex flex-col gap-5" role="status" aria-label="Loading the order">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-5 w-48" />
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-72 w-full" />
        <Skeleton className="h-72 w-full" />
      </div>
    </div>
  );
}
