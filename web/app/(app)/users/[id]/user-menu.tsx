'use client';
import { ArchiveRestore, CircleCheck, CircleSlash, KeyRound, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuSeparator } from '../../../../components/ui/menu';
import type { UserAct } from './user-dialogs.tsx';
import type { UserRecord } from './user-record.ts';

export interface UserMenuProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  user: UserRecord;
  onAct: (act: UserAct) => void;
}

/** What may be done with a user: the API's links say so. */
export default function UserMenu({ trigger, open, onOpenChange, user, onAct }: UserMenuProps) {
  const { role, plan, suspend, activate, restore, delete: remove } = user._links;
  return (
    <Menu trigger={trigger} open={open} onOpenChange={onOpenChange}>
      {(role || plan) && (
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => onAct('rank')}>
          Role and plan…
        </MenuItem>
      )}
      {activate && (
        <MenuItem icon={<CircleCheck aria-hidden />} onSelect={() => onAct('activate')}>
          Activate…
        </MenuItem>
      )}
      {restore && (
        <MenuItem icon={<ArchiveRestore aria-hidden />} onSelect={() => onAct('restore')}>
          Restore…
        </MenuItem>
      )}
      {suspend && (
        <MenuItem icon={<CircleSlash aria-hidden />} tone="danger" onSelect={() => onAct('suspend')}>
          Suspend…
        </MenuItem>
      )}
      {remove && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={() => onAct('delete')}>
            Delete…
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
