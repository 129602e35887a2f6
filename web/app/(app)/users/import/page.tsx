import type { Metadata } from 'next';
import { ImportUsers } from './import-users.tsx';

export const metadata: Metadata = { title: 'Import users' };

export default function Page() {
  return <ImportUsers />;
}
