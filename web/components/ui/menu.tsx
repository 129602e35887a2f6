'use client';

import { Check, ChevronRight } from 'lucide-react';
import * as Radix from 'radix-ui/dropdown-menu';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn';
import { useFloatingHost } from './floating-host';
import { Link } from './link';

const panel =
  'z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-pop overflow-y-auto rounded-lg bg-raised p-1 shadow-float outline-none';
const row =
  'relative flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 py-1 text-base outline-none data-disabled:text-subtle data-highlighted:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0';

export interface MenuProps {
  /** One button that takes a ref. */
  trigger: ReactElement;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** A menu of actions behind a button: arrows, typing and Escape work as in any menu. */
export function Menu({ trigger, align = 'end', side = 'bottom', className, children, ...root }: MenuProps) {
  const host = useFloatingHost();
  return (
    <Radix.Root modal={false} {...root}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={host}>
        <Radix.Content align={align} side={side} sideOffset={6} collisionPadding={8} className={cn(panel, className)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  /** The key that does the same, shown at the end of the line. */
  shortcut?: string;
  tone?: 'neutral' | 'danger';
  disabled?: boolean;
  /** Goes there instead of doing something. */
  href?: string;
  onSelect?: (event: Event) => void;
  children: ReactNode;
}

export function MenuItem({ icon, shortcut, tone = 'neutral', disabled, href, onSelect, children }: MenuItemProps) {
  const look = cn(row, tone === 'danger' ? 'text-bad data-highlighted:bg-bad-soft' : '[&_svg]:text-subtle');
  const inside = (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <span className="ps-4 text-xs text-subtle">{shortcut}</span>}
    </>
  );
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={look} asChild={Boolean(href)}>
      {href ? <Link href={href}>{inside}</Link> : inside}
    </Radix.Item>
  );
}

export interface MenuChoiceProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Leaves the menu open, to choose more. */
  keepOpen?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

/** One of several that may be on at once. */
export function MenuCheckboxItem({ checked, onCheckedChange, keepOpen, disabled, children }: MenuChoiceProps) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      disabled={disabled}
      onSelect={keepOpen ? (event) => event.preventDefault() : undefined}
      className={cn(row, 'ps-8')}
    >
      <Radix.ItemIndicator className="absolute start-2">
        <Check aria-hidden className="text-accent" />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  );
}

export interface MenuRadioGroupProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly { value: string; label: ReactNode; icon?: ReactNode }[];
}

/** One of several, exactly one of which is on. */
export function MenuRadioGroup({ value, onValueChange, options }: MenuRadioGroupProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={cn(row, '[&_svg]:text-subtle')}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden className="text-accent!" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-subtle">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

/** A menu within the menu. */
export function MenuSub({ label, icon, children }: { label: ReactNode; icon?: ReactNode; children: ReactNode }) {
  const host = useFloatingHost();
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={cn(row, 'data-[state=open]:bg-hover [&_svg]:text-subtle')}>
        {icon}
        <span className="flex-1">{label}</span>
        <ChevronRight aria-hidden />
      </Radix.SubTrigger>
      <Radix.Portal container={host}>
        <Radix.SubContent sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}
