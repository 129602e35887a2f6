import type { Metadata } from 'next';
import { UserDetail } from './user-detail.tsx';

export const metadata: Metadata = { title: 'User' };

/** One exported page for all users: the pretty-URL function leads every id to it. */
export function generateStaticParams() {
  return [{ id: '_' }];
}

export default function Page() {
  return <UserDetail />;
}
