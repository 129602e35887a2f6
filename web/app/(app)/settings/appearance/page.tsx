import type { Metadata } from 'next';
import { Appearance } from './appearance';

export const metadata: Metadata = { title: 'Appearance' };

export default function Page() {
  return <Appearance />;
}
