import type { Metadata } from 'next';
import { TwoFactor } from './two-factor';

export const metadata: Metadata = { title: 'Two-factor authentication' };

export default function Page() {
  return <TwoFactor />;
}
