import type { Metadata } from 'next';
import { Suspense } from 'react';
import { OrderList } from './order-list.tsx';

export const metadata: Metadata = { title: 'Orders' };

export default function Page() {
  return (
    <Suspense>
      <OrderList />
    </Suspense>
  );
}
