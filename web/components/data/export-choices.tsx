'use client';
import type { ReactElement } from 'react';
import { Menu, MenuItem } from '../ui/menu';

export interface ExportChoicesProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  total: string | undefined;
  onPage: () => void;
  onAll: () => void;
}

/** How much of a list is wanted as a file. */
export default function ExportChoices({ trigger, open, onOpenChange, total, onPage, onAll }: ExportChoicesProps) {
  return (
    <Menu trigger={trigger} open={open} onOpenChange={onOpenChange}>
      <MenuItem onSelect={onPage}>This page (CSV)</MenuItem>
      <MenuItem onSelect={onAll}>{total ? `All ${total} that match (CSV)` : 'All that match (CSV)'}</MenuItem>
    </Menu>
  );
}
