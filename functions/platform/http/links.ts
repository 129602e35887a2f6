/** Links of a resource: what its reader may do next. */
import { type Contract, pathOf } from '../../../shared/contracts/contract.ts';
import type { Link } from '../../../shared/contracts/list.ts';
import type { Actor } from './context.ts';
import { apiBase } from './exchange.ts';
import { scopeOfActor } from './permission.ts';

type Target = Pick<Contract, 'method' | 'path' | 'permission' | 'partner'>;
/** An operation with its path parameters; false or undefined: not possible in the present state. */
export type LinkTarget = readonly [Target] | readonly [Target, Readonly<Record<string, string>>] | false | undefined;

/**
 * `_links` with those targets that the caller's role and API key permit and that the caller's face has. Whether state and
 * ownership allow an action is for the caller of this function to say: `cancel: canCancel(order) && [cancelOrder, { id }]`.
 */
export function links(
  { actor, face }: { actor: Actor | undefined; face: 'browser' | 'partner' },
  targets: Readonly<Record<string, LinkTarget>>,
): Record<string, Link> {
  const permitted: Record<string, Link> = {};
  for (const relation in targets) {
    const target = targets[relation];
    if (!target) continue;
    const [to, params] = target;
    if (face === 'partner' && !to.partner) continue;
    if (to.permission && !(actor && scopeOfActor(actor, to.permission))) continue;
    permitted[relation] = { href: apiBase[face] + pathOf(to, params), method: to.method };
  }
  return permitted;
}
