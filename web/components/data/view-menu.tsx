'use client';
/** How a list looks: its columns and its density. */
import { SlidersHorizontal } from 'lucide-react';
import { setAppearance, useAppearance } from '../ui/appearance';
import { Button } from '../ui/button';
import { Menu, MenuCheckboxItem, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from '../ui/menu';

export interface ViewMenuProps {
  columns: readonly { id: string; label: string; isVisible: boolean }[];
  onToggle: (id: string, isVisible: boolean) => void;
  /** Undefined when all is as by default. */
  onReset: (() => void) | undefined;
}

export function ViewMenu({ columns, onToggle, onReset }: ViewMenuProps) {
  const { density } = useAppearance();
  return (
    <Menu
      trigger={
        <Button size="sm" icon={<SlidersHorizontal aria-hidden />}>
          View
        </Button>
      }
    >
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
