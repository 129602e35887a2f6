import type { Metadata } from 'next';
import { OrderDetail } from './order-detail.tsx';

export const metadata: Metadata = { title: 'Order' };

/** One exported page for all orders: the pretty-URL function leads every id to it. */
export function generateStaticParams() {
  return [{ id: '_' }];
}

export default function Page() {
  return <OrderDetail />;
}
