/** The pages of the app: what stands in the navigation, in the palette and behind the `g` keys. Only what exists, only what the role may see. */
import { LayoutDashboard, type LucideIcon, Package, ReceiptText, ScrollText, Settings, Users } from 'lucide-react';
import { type Permission, type Role, type Scope, scopeOf } from '../../../shared/permissions.ts';

export interface Destination {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** What it shows, below its title: the same for everybody who sees it, so that it can stand there before the user is known. */
  about?: string;
  /** What the role must hold to see it, and in which scope at least; without: everybody. */
  needs?: { permission: Permission; scope?: Scope };
}

const destinations: readonly Destination[] = [
  {
    href: '/dashboard',
    label: 'Dashboard',
    icon: LayoutDashboard,
    key: 'd',
    about: 'What came in, how each figure stands against as many days before, and what needs attention now.',
  },
  { href: '/products', label: 'Products', icon: Package, key: 'p', needs: { permission: 'products:read' } },
  { href: '/orders', label: 'Orders', icon: ReceiptText, key: 'o', needs: { permission: 'orders:read' } },
  { href: '/users', label: 'Users', icon: Users, key: 'u', needs: { permission: 'users:read', scope: 'any' } },
  { href: '/admin/audit-log', label: 'Audit log', icon: ScrollText, key: 'a', needs: { permission: 'audit:read' } },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's' },
];

export function destinationsFor(role: Role): Destination[] {
  return destinations.filter(({ needs }) => {
    if (!needs) return true;
    const held = scopeOf(role, needs.permission);
    return held !== undefined && (needs.scope !== 'any' || held === 'any');
  });
}

/** The page of the navigation that a path belongs to. */
export function destinationOf(path: string): Destination | undefined {
  return destinations.find(({ href }) => isAt(path, href));
}

export interface QuickAction {
  href: string;
  label: string;
  words: string;
  needs: Permission;
}

/** What one comes to do, reachable from the palette. */
const actions: readonly QuickAction[] = [
  { href: '/orders/new', label: 'New order', words: 'place create sell', needs: 'orders:place' },
  { href: '/notifications', label: 'Notifications', words: 'bell inbox news unread', needs: 'notifications:read' },
  { href: '/users/invite', label: 'Invite a user', words: 'new import', needs: 'users:create' },
  { href: '/products/new', label: 'New product', words: 'create add', needs: 'products:write' },
];

export function actionsFor(role: Role): QuickAction[] {
  return actions.filter(({ needs }) => scopeOf(role, needs) !== undefined);
}

/** Whether the page at `path` belongs to the destination: itself or a page below it. */
export function isAt(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
