'use client';

import { LogOut, Monitor, Moon, Rows3, Rows4, Sun, UserRound } from 'lucide-react';
import { useSession } from '../../lib/session';
import { type Density, setAppearance, type Theme, useAppearance } from '../ui/appearance';
import { Avatar } from '../ui/avatar';
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '../ui/menu';

/** Who is signed in, how the app looks to them, and the way out. */
export function AccountMenu({ onSignOut }: { onSignOut: () => void }) {
  const user = useSession();
  const { theme, density } = useAppearance();
  return (
    <Menu
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="grid size-9 place-items-center rounded-full hover:bg-pressed/60 data-[state=open]:bg-pressed pointer-coarse:size-11"
        >
          <Avatar name={user.name} />
        </button>
      }
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
