/** The states of an order and what leads from one to the next. */
export const orderStatuses = ['pending', 'paid', 'fulfilled', 'shipped', 'delivered', 'cancelled', 'refunded'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const orderActions = ['pay', 'fulfil', 'ship', 'deliver', 'cancel', 'refund'] as const;
export type OrderAction = (typeof orderActions)[number];

/** For each action: the states that allow it, and the state that it leads to. */
export const orderTransitions: Readonly<
  Record<OrderAction, { readonly from: readonly OrderStatus[]; readonly to: OrderStatus }>
> = {
  pay: { from: ['pending'], to: 'paid' },
  fulfil: { from: ['paid'], to: 'fulfilled' },
  ship: { from: ['fulfilled'], to: 'shipped' },
  deliver: { from: ['shipped'], to: 'delivered' },
  cancel: { from: ['pending', 'paid'], to: 'cancelled' },
  refund: { from: ['paid', 'fulfilled', 'shipped', 'delivered'], to: 'refunded' },
};

/** What may be done with an order in a state. */
export function allowedActions(status: OrderStatus): OrderAction[] {
  return orderActions.filter((action) => orderTransitions[action].from.includes(status));
}
