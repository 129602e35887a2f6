import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ProductList } from './product-list.tsx';

export const metadata: Metadata = { title: 'Products' };

export default function Page() {
  return (
    <Suspense>
      <ProductList />
    </Suspense>
  );
}
