import type { ReactNode } from 'react';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { SettingsNavigation } from './settings-navigation';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title="Settings" />
      <div className="flex flex-col gap-6 lg:flex-row lg:gap-10">
        <SettingsNavigation />
        <div className="flex max-w-3xl min-w-0 flex-1 flex-col gap-6">{children}</div>
      </div>
    </div>
  );
}
