'use client';

import { Command } from 'cmdk';
import {
  BookOpen,
  Keyboard,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Package,
  Plus,
  ReceiptText,
  Rows4,
  Search,
  Sun,
  UserRound,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import * as Radix from 'radix-ui/dialog';
import { type ReactNode, useEffect, useState } from 'react';
import { listOrders } from '../../../shared/contracts/orders/list-orders.ts';
import { listProducts } from '../../../shared/contracts/products/list-products.ts';
import { listUsers } from '../../../shared/contracts/users/list-users.ts';
import { useOperation } from '../../lib/operations';
import { useCan, useSession } from '../../lib/session';
import { setAppearance, useAppearance } from '../ui/appearance';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/spinner';
import { actionsFor, destinationsFor } from './destinations.ts';

export interface CommandPaletteProps {
  onClose: () => void;
  onShortcuts: () => void;
  onSignOut: () => void;
}
interface Entry {
  id: string;
  icon: LucideIcon;
  label: string;
  hint?: string;
  keys?: string[];
  /** Found by these too. */
  words?: string;
  run: () => void;
}

/** Milliseconds without a key after which records are searched. */
const PAUSE_MS = 180;
const FOUND = '5';

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Each word that was typed begins a word of the text. */
function matches(text: string, typed: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** One field to go anywhere, do anything and find any record. */
export default function CommandPalette({ onClose, onShortcuts, onSignOut }: CommandPaletteProps) {
  const router = useRouter();
  const { role } = useSession();
  const { density } = useAppearance();
  const [typed, setTyped] = useState('');
  const text = typed.trim();

  const go = (href: string) => () => {
    router.push(href);
    onClose();
  };
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  const pages: Entry[] = destinationsFor(role).map(({ href, label, icon, key }) => ({
    id: href,
    icon,
    label,
    keys: ['G', key.toUpperCase()],
    words: 'go to page',
    run: go(href),
  }));
  const actions: Entry[] = [
    ...actionsFor(role).map(({ href, label, words }) => ({ id: href, icon: Plus, label, words, run: go(href) })),
    ...(
      [
        ['light', Sun, 'Light theme'],
        ['dark', Moon, 'Dark theme'],
        ['system', Monitor, 'Theme as the system'],
      ] as const
    ).map(([theme, icon, label]) => ({
      id: `theme-${theme}`,
      icon,
      label,
      words: 'switch appearance mode',
      run: then(() => setAppearance({ theme })),
    })),
    {
      id: 'density',
      icon: Rows4,
      label: density === 'compact' ? 'Comfortable density' : 'Compact density',
      words: 'switch appearance rows',
      run: then(() => setAppearance({ density: density === 'compact' ? 'comfortable' : 'compact' })),
    },
    {
      id: 'shortcuts',
      icon: Keyboard,
      label: 'Keyboard shortcuts',
      keys: ['?'],
      words: 'help keys',
      run: then(onShortcuts),
    },
    {
      id: 'docs',
      icon: BookOpen,
      label: 'API documentation',
      words: 'help developers reference',
      run: then(() => void window.open('/api/v1/docs', '_blank', 'noopener')),
    },
    { id: 'sign-out', icon: LogOut, label: 'Sign out', words: 'log out leave', run: then(onSignOut) },
  ];
  const fitting = (entries: Entry[]) =>
    text === '' ? entries : entries.filter(({ label, words = '' }) => matches(`${label} ${words}`, text));

  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div data-scrim="" aria-hidden className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto max-h-[80dvh] animate-pop overflow-hidden rounded-xl bg-raised shadow-modal outline-none sm:top-[14dvh] sm:max-w-xl"
        >
          <Radix.Title className="sr-only">Search and commands</Radix.Title>
          <Command shouldFilter={false} label="Search and commands" loop>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden className="size-4.5 shrink-0 text-subtle" />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder="Search products, orders, pages and actions…"
                className="h-13 w-full bg-transparent text-lg outline-none"
              />
            </div>
            <Command.List
              label="Results"
              className="max-h-[min(26rem,calc(80dvh-6.5rem))] scroll-py-2 overflow-y-auto p-2"
            >
              <Group heading="Actions" entries={text === '' ? [] : fitting(actions)} />
              <Group heading="Pages" entries={fitting(pages)} />
              {text === '' && <Group heading="Actions" entries={actions} />}
              <Records typed={text} go={go} hasCommands={fitting(pages).length + fitting(actions).length > 0} />
            </Command.List>
            <footer className="hidden items-center gap-4 border-t px-4 py-2 text-xs text-subtle sm:flex">
              <span className="flex items-center gap-1.5">
                <Kbd keys={['↑', '↓']} /> to move
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd keys={['↵']} /> to open
              </span>
              <span className="flex items-center gap-1.5">
                <Kbd keys={['Esc']} /> to close
              </span>
            </footer>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What the API finds: products and users by beginnings of words, orders by the beginning of their number. */
function Records({
  typed,
  go,
  hasCommands,
}: {
  typed: string;
  go: (href: string) => () => void;
  hasCommands: boolean;
}) {
  const settled = useSettled(typed);
  const isSearch = settled.length >= 2;
  const mayReadUsers = useCan('users:read') === 'any';
  const isNumber = /^(MW-?)?[0-9A-Z-]{2,12}$/i.test(settled);
  const products = useOperation(
    listProducts,
    { query: { search: settled, limit: FOUND } },
    { enabled: isSearch, keepPrevious: true },
  );
  const orders = useOperation(
    listOrders,
    { query: { search: settled, limit: FOUND } },
    { enabled: isSearch && isNumber, keepPrevious: true },
  );
  const users = useOperation(
    listUsers,
    { query: { search: settled, limit: FOUND } },
    { enabled: isSearch && mayReadUsers, keepPrevious: true },
  );
  if (typed.length < 2) return null;

  const all = [products, ...(isNumber ? [orders] : []), ...(mayReadUsers ? [users] : [])];
  const isLooking = settled !== typed || all.some(({ isFetching }) => isFetching);
  const foundOrders: Entry[] = (isNumber ? (orders.data?.items ?? []) : []).map((order) => ({
    id: order.id,
    icon: ReceiptText,
    label: order.number,
    hint: `${order.status} · ${order.total} ${order.currency}`,
    run: go(`/orders/${order.id}`),
  }));
  const foundProducts: Entry[] = (products.data?.items ?? []).map((product) => ({
    id: product.id,
    icon: Package,
    label: product.name,
    hint: `${product.price} ${product.currency}`,
    run: go(`/products/${product.id}`),
  }));
  const foundUsers: Entry[] = (mayReadUsers ? (users.data?.items ?? []) : []).map((user) => ({
    id: user.id,
    icon: UserRound,
    label: user.name,
    hint: user.email,
    run: go(`/users/${user.id}`),
  }));
  const isEmpty = foundOrders.length + foundProducts.length + foundUsers.length === 0;
  const trouble = all.find(({ trouble: its }) => its !== null);
  return (
    <>
      <Group heading="Products" entries={foundProducts} />
      <Group heading="Orders" entries={foundOrders} />
      <Group heading="Users" entries={foundUsers} />
      <div role="status" className="empty:hidden">
        {isLooking && isEmpty && (
          <p className="flex items-center gap-2 px-2 py-3 text-muted">
            <Spinner />
            {trouble ? 'The search does not answer. Trying again…' : 'Searching…'}
          </p>
        )}
        {!isLooking && isEmpty && (
          <p className="px-2 py-6 text-center text-muted">
            {hasCommands ? 'No record begins with that.' : `Nothing found for “${typed}”.`}
          </p>
        )}
      </div>
    </>
  );
}

function Group({ heading, entries }: { heading: string; entries: readonly Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
    >
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} />
      ))}
    </Command.Group>
  );
}

function Row({ entry: { id, icon: Icon, label, hint, keys, run } }: { entry: Entry }): ReactNode {
  return (
    <Command.Item
      value={id}
      onSelect={run}
      className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-2 py-1.5 text-base data-[selected=true]:bg-hover pointer-coarse:min-h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-subtle" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint && <span className="numeric shrink-0 truncate text-sm text-subtle">{hint}</span>}
      {keys && (
        <span className="hidden shrink-0 gap-1 sm:flex" aria-hidden>
          <Kbd keys={keys} />
        </span>
      )}
    </Command.Item>
  );
}
