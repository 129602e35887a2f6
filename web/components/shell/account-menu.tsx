'use client';

import { LogOut, Monitor, Moon, Rows3, Rows4, Sun, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../../lib/session';
import { type Density, setAppearance, type Theme, useAppearance } from '../ui/appearance';
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '../ui/menu';
import { AccountButton } from './account-button';

/** Who is signed in, how the app looks to them, and the way out. */
export default function AccountMenu({ onSignOut, defaultOpen }: { onSignOut: () => void; defaultOpen: boolean }) {
  const [isOpen, setOpen] = useState(defaultOpen);
  const user = useSession();
  const { theme, density } = useAppearance();
  return (
    <Menu
      className="w-60"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<AccountButton name={user.name} picture={user.avatar?.small} />}
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-sm text-subtle">{user.email}</p>
      </div>
      <MenuSeparator />
      <MenuItem icon={<UserRound aria-hidden />} href="/settings">
        Profile
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuRadioGroup
        value={theme}
        onValueChange={(value) => setAppearance({ theme: value as Theme })}
        options={[
          { value: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
          { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
          { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
        ]}
      />
      <MenuSeparator />
      <MenuLabel>Density</MenuLabel>
      <MenuRadioGroup
        value={density}
        onValueChange={(value) => setAppearance({ density: value as Density })}
        options={[
          { value: 'comfortable', label: 'Comfortable', icon: <Rows3 aria-hidden /> },
          { value: 'compact', label: 'Compact', icon: <Rows4 aria-hidden /> },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
