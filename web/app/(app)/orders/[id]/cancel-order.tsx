'use client';
/** Takes an order back, after asking. The dialog waits for the answer: a refusal is shown in it, with the reason as typed. */
import { useQueryClient } from '@tanstack/react-query';
import { CircleX } from 'lucide-react';
import { useState } from 'react';
import { overview } from '../../../../../shared/contracts/analytics/overview.ts';
import { series } from '../../../../../shared/contracts/analytics/series.ts';
import { cancelOrder } from '../../../../../shared/contracts/orders/cancel-order.ts';
import { getOrder } from '../../../../../shared/contracts/orders/get-order.ts';
import { getOrderTimeline } from '../../../../../shared/contracts/orders/get-order-timeline.ts';
import { listOrders } from '../../../../../shared/contracts/orders/list-orders.ts';
import { listProducts } from '../../../../../shared/contracts/products/list-products.ts';
import { formatCount } from '../../../../components/data/format.ts';
import { Button } from '../../../../components/ui/button';
import { ConfirmDialog } from '../../../../components/ui/confirm-dialog';
import { Field } from '../../../../components/ui/field';
import { Input } from '../../../../components/ui/input';
import { toast } from '../../../../components/ui/toast';
import { queryKeyOf, useMutationOf } from '../../../../lib/operations.ts';
import type { Order } from './order-record.ts';

export function CancelOrder({ order }: { order: Order }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const params = { id: order.id };
  const cancel = useMutationOf(cancelOrder, {
    invalidates: [getOrder, getOrderTimeline, listOrders, listProducts, overview, series],
    onSuccess: (cancelled) => {
      client.setQueryData(queryKeyOf(getOrder, { params }), cancelled);
      toast({ tone: 'good', title: `${order.number} was cancelled` });
    },
  });
  return (
    <>
      <Button variant="danger-ghost" icon={<CircleX aria-hidden />} onClick={() => setAsking(true)}>
        Cancel order
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Cancel ${order.number}?`}
        description={`${formatCount(order.itemCount)} ${order.itemCount === 1 ? 'unit goes' : 'units go'} back into stock at once. This can not be undone.`}
        confirmLabel="Cancel order"
        cancelLabel="Keep it"
        tone="danger"
        waiting={cancel.isTryingAgain ? 'The service does not answer. Trying again; nothing is lost.' : undefined}
        onConfirm={() =>
          cancel.submitAsync({ params, body: reason.trim() ? { reason: reason.trim() } : {}, ifMatch: order.version })
        }
      >
        <Field label="Reason" optional hint="The buyer reads it in the timeline.">
          <Input value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </ConfirmDialog>
    </>
  );
}
