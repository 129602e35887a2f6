import type { Metadata } from 'next';
import { PlatformSettings } from './platform-settings.tsx';

export const metadata: Metadata = { title: 'Platform settings' };

export default function Page() {
  return <PlatformSettings />;
}
