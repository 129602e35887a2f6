import type { Metadata } from 'next';
import { Suspense } from 'react';
import { UserList } from './user-list.tsx';

export const metadata: Metadata = { title: 'Users' };

export default function Page() {
  return (
    <Suspense>
      <UserList />
    </Suspense>
  );
}
