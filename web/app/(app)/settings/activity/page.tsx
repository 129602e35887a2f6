import type { Metadata } from 'next';
import { SecurityActivity } from './security-activity';

export const metadata: Metadata = { title: 'Security activity' };

export default function Page() {
  return <SecurityActivity />;
}
