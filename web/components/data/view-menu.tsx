'use client';
/** How a list looks: its columns and its density. */
import type { ReactElement } from 'react';
import { setAppearance, useAppearance } from '../ui/appearance';
import { Menu, MenuCheckboxItem, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '../ui/menu';

export interface ViewMenuProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  columns: readonly { id: string; label: string; isVisible: boolean }[];
  onToggle: (id: string, isVisible: boolean) => void;
  /** Undefined when all is as by default. */
  onReset: (() => void) | undefined;
}

export default function ViewMenu({ trigger, open, onOpenChange, columns, onToggle, onReset }: ViewMenuProps) {
  const { density } = useAppearance();
  return (
    <Menu trigger={trigger} open={open} onOpenChange={onOpenChange}>
      <MenuLabel>Columns</MenuLabel>
      {columns.map(({ id, label, isVisible }) => (
        <MenuCheckboxItem key={id} keepOpen checked={isVisible} onCheckedChange={(checked) => onToggle(id, checked)}>
          {label}
        </MenuCheckboxItem>
      ))}
      {onReset && <MenuItem onSelect={onReset}>Columns as by default</MenuItem>}
      <MenuSeparator />
      <MenuLabel>Density</MenuLabel>
      <MenuRadioGroup
        value={density}
        onValueChange={(value) => setAppearance({ density: value === 'compact' ? 'compact' : 'comfortable' })}
        options={[
          { value: 'comfortable', label: 'Comfortable' },
          { value: 'compact', label: 'Compact' },
        ]}
      />
    </Menu>
  );
}
