import type { Metadata } from 'next';
import { ProductDetail } from './product-detail.tsx';

export const metadata: Metadata = { title: 'Product' };

/** One exported page for all products: the pretty-URL function leads every id to it. */
export function generateStaticParams() {
  return [{ id: '_' }];
}

export default function Page() {
  return <ProductDetail />;
}
