import type { Metadata } from 'next';
import { MyData } from './my-data';

export const metadata: Metadata = { title: 'My data' };

export default function Page() {
  return <MyData />;
}
