/** Roles, and what each may do. The only place where rights are given. */

export const roles = ['user', 'enterprise', 'moderator', 'manager', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `own`: what belongs to the caller. `any`: what belongs to anybody. */
export type Scope = 'own' | 'any';

export const permissions = [
  'profile:read',
  'profile:write',
  'sessions:read',
  'sessions:write',
  'notifications:read',
  'notifications:write',
  'personal-data:read',
  'users:read',
  'users:write',
  'users:create',
  'users:grant',
  'users:suspend',
  'products:read',
  'products:write',
  'orders:read',
  'orders:place',
  'orders:cancel',
  'orders:fulfil',
  'customers:read',
  'customers:write',
  'analytics:read',
  'audit:read',
  'settings:write',
] as const;
export type Permission = (typeof permissions)[number];

type Grants = Partial<Record<Permission, Scope>>;

const user: Grants = {
  'profile:read': 'own',
  'profile:write': 'own',
  'sessions:read': 'own',
  'sessions:write': 'own',
  'notifications:read': 'own',
  'notifications:write': 'own',
  'personal-data:read': 'own',
  'users:read': 'own',
  'users:write': 'own',
  'products:read': 'any',
  'orders:read': 'own',
  'orders:place': 'own',
  'orders:cancel': 'own',
};
const enterprise: Grants = {
  ...user,
  'products:write': 'own',
  'orders:fulfil': 'own',
  'customers:read': 'own',
  'customers:write': 'own',
  'analytics:read': 'own',
};
const moderator: Grants = {
  ...user,
  'users:read': 'any',
  'users:suspend': 'any',
  'products:write': 'any',
  'audit:read': 'any',
};
const manager: Grants = {
  ...enterprise,
  'users:read': 'any',
  'users:write': 'any',
  'users:create': 'any',
  'users:suspend': 'any',
  'products:write': 'any',
  'orders:read': 'any',
  'orders:place': 'any',
  'orders:cancel': 'any',
  'orders:fulfil': 'any',
  'customers:read': 'any',
  'customers:write': 'any',
  'analytics:read': 'any',
};
/** Nobody else's business. Whoever must be shut out is suspended. */
const ownOnly: readonly Permission[] = [
  ...(['sessions:read', 'sessions:write', 'notifications:read', 'notifications:write', 'personal-data:read'] as const),
];
const admin: Grants = Object.fromEntries(
  permissions.map((permission) => [permission, ownOnly.includes(permission) ? ('own' as const) : ('any' as const)]),
);

export const roleGrants: Readonly<Record<Role, Readonly<Grants>>> = { user, enterprise, moderator, manager, admin };

/** The scope in which a role holds a permission; undefined when it does not hold it. */
export function scopeOf(role: Role, permission: Permission): Scope | undefined {
  return roleGrants[role][permission];
}

/** Roles whose products and orders belong to the company itself (the seller `house`). */
export function isStaff(role: Role): boolean {
  return role === 'moderator' || role === 'manager' || role === 'admin';
}

/** The seller that a user acts for: staff for the house, everybody else for themselves. */
export function sellerOf(actor: { id: string; role: Role }): string {
  return isStaff(actor.role) ? HOUSE : actor.id;
}
/** The seller id of the company itself. */
export const HOUSE = 'house';
