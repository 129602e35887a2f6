import type { Metadata } from 'next';
import { NewProduct } from './new-product.tsx';

export const metadata: Metadata = { title: 'New product' };

export default function Page() {
  return <NewProduct />;
}
