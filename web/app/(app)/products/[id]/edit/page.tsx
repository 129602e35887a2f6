import type { Metadata } from 'next';
import { EditProduct } from './edit-product.tsx';

export const metadata: Metadata = { title: 'Edit product' };

/** One exported page for all products: the pretty-URL function leads every id to it. */
export function generateStaticParams() {
  return [{ id: '_' }];
}

export default function Page() {
  return <EditProduct />;
}
