import type { Metadata } from 'next';
import { NotificationPreferences } from './notification-preferences';

export const metadata: Metadata = { title: 'Notifications' };

export default function Page() {
  return <NotificationPreferences />;
}
