import type { Metadata } from 'next';
import { ChangePassword } from './change-password';

export const metadata: Metadata = { title: 'Password' };

export default function Page() {
  return <ChangePassword />;
}
