import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NotificationList } from './notification-list.tsx';

export const metadata: Metadata = { title: 'Notifications' };

export default function Page() {
  return (
    <Suspense>
      <NotificationList />
    </Suspense>
  );
}
