/** Measures requests and units of operations. */

import type {
  DeclaredHandler,
  FunctionDeclaration,
  HttpDeclaration,
  QueueDeclaration,
} from '../functions/platform/declaration.ts';
import type { Call, Operations } from '../functions/platform/testing/operations.ts';
import { areas } from '../functions/registry.ts';
import { floors } from './floors.ts';

export interface Units {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}
export interface OperationUnits extends Units {
  /** Requests by kind, such as `Query`. */
  readonly kinds: Readonly<Record<string, number>>;
}

const handlers = () =>
  Object.values(areas).flatMap((registry) => Object.values(registry) as DeclaredHandler<FunctionDeclaration>[]);

/** HTTP handlers by the id of their operation. */
export function httpHandlers(): ReadonlyMap<string, DeclaredHandler<HttpDeclaration>> {
  const found = handlers().filter(
    (handler): handler is DeclaredHandler<HttpDeclaration> => handler.declaration.kind === 'http',
  );
  return new Map(found.map((handler) => [handler.declaration.id, handler]));
}
export function queueHandlers(): DeclaredHandler<QueueDeclaration>[] {
  return handlers().filter(
    (handler): handler is DeclaredHandler<QueueDeclaration> => handler.declaration.kind === 'queue',
  );
}

/** Calls an operation once and says what that took. Throws when it does not succeed: a failure is no measurement. */
export async function unitsOf(
  platform: Operations,
  handler: DeclaredHandler<HttpDeclaration>,
  call: Call,
): Promise<OperationUnits> {
  const { result, requests, readUnits, writeUnits } = await platform.table.measure(() => platform.call(handler, call));
  if (result.status >= 300) throw new Error(`${handler.declaration.id}: ${result.status} ${result.body}`);
  // In the order of their names: which of two requests at once comes first says nothing.
  const kinds = Object.fromEntries(Object.entries(requests).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { requests: Object.values(kinds).reduce((sum, n) => sum + n, 0), readUnits, writeUnits, kinds };
}

/** US dollars per million units: one figure for reads and writes together. */
const PRICE = { read: 0.125, write: 0.625 } as const;
const priceOf = ({ readUnits, writeUnits }: Units) => readUnits * PRICE.read + writeUnits * PRICE.write;

/**
 * How far above its floor an operation is: the geometric mean of requests ÷ requests and price of units ÷ price of units. Undefined
 * for one that needs nothing and takes nothing. Throws when the floor is missing.
 */
export function ratioOf(id: string, measured: Units): number | undefined {
  const floor = floors[id];
  if (!floor) throw new Error(`bench/floors.ts has no floor for ${id}: say the least that it could cost, and why`);
  if (floor.requests === 0) return measured.requests > 0 ? Number.POSITIVE_INFINITY : undefined;
  const requests = measured.requests / floor.requests;
  const price = priceOf(floor) === 0 ? 1 : priceOf(measured) / priceOf(floor);
  return Math.sqrt(requests * price);
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
