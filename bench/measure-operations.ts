/** Requests and units of every operation, and of what follows an order, in one run. */
import type { Envelope } from '../events/event.ts';
import { orderPlaced } from '../events/orders/order-placed.v1.ts';
import type { DeclaredHandler, QueueDeclaration } from '../functions/platform/declaration.ts';
import { envelopeOf, type Operations } from '../functions/platform/testing/operations.ts';
import { figureRows, listRows, load } from './catalogue.ts';
import { httpHandlers, type OperationUnits, queueHandlers, type Units, unitsOf } from './measure.ts';
import { startPlatform, startUserPool } from './platform.ts';
import { scenesOf, unmeasured } from './scenes.ts';

export interface Measurement {
  /** By id of the operation: the second call, as a warm function answers it. */
  readonly operations: ReadonlyMap<string, OperationUnits>;
  /** Wall time of that call, here, against a table on the same machine. */
  readonly milliseconds: ReadonlyMap<string, number>;
  /** Operations that bench/scenes.ts does not call. */
  readonly without: readonly string[];
  /** What reactions to one order of three lines take afterwards, by id of the function. */
  readonly afterOrder: ReadonlyMap<string, Units>;
}

/** Enough of everything for full pages of twenty. */
const CONTENT = { products: 60, orders: 60, users: 60 };
const DAYS = 60;

/** Throws when an operation that is called fails. */
export async function measureOperations(): Promise<Measurement> {
  const platform = await startPlatform();
  const pool = await startUserPool();
  try {
    await load(platform.table.endpoint, listRows(CONTENT));
    await load(platform.table.endpoint, figureRows(DAYS));
    const scenes = await scenesOf(platform, pool);
    const handlers = httpHandlers();
    const operations = new Map<string, OperationUnits>();
    const milliseconds = new Map<string, number>();
    for (const [id, prepare] of Object.entries(scenes)) {
      const handler = handlers.get(id);
      if (!handler) throw new Error(`bench/scenes.ts calls ${id}, which is no operation`);
      await unitsOf(platform, handler, await prepare());
      const call = await prepare();
      const begun = performance.now();
      operations.set(id, await unitsOf(platform, handler, call));
      milliseconds.set(id, Math.round((performance.now() - begun) * 10) / 10);
    }
    const without = [...handlers.keys()].filter((id) => !scenes[id] && !unmeasured[id]);
    return { operations, milliseconds, without, afterOrder: await afterOrder(platform, scenes) };
  } finally {
    await pool.stop();
    await platform.stop();
  }
}

/** Reactions that only work on the table; those that send mail are told apart by the mail they send. */
async function afterOrder(
  platform: Operations,
  scenes: Awaited<ReturnType<typeof scenesOf>>,
): Promise<ReadonlyMap<string, Units>> {
  const place = httpHandlers().get('orders.place-order');
  const call = await scenes['orders.place-order']?.();
  if (!place || !call) throw new Error('there is no order to follow');
  const { data } = (await platform.call(place, call)).json;
  const event: Envelope = envelopeOf(orderPlaced, {
    ...{ orderId: data.id, number: data.number, seller: data.seller, buyer: data.buyer, currency: data.currency },
    total: Math.round(Number(data.total) * 100),
    placedAt: data.placedAt,
    lines: data.lines.map(({ productId, name, quantity }: { productId: string; name: string; quantity: number }) => ({
      ...{ productId, name, quantity },
      unitPrice: 255,
      total: 255 * quantity,
    })),
  });
  const found = new Map<string, Units>();
  for (const handler of queueHandlers().filter(reactsToOrders)) {
    const { result, requests, readUnits, writeUnits } = await platform.table.measure(() =>
      platform.deliver(handler, event),
    );
    if (result > 0) throw new Error(`${handler.declaration.id} failed`);
    const count = Object.values(requests).reduce((sum, n) => sum + n, 0);
    found.set(handler.declaration.id, { requests: count, readUnits, writeUnits });
  }
  return found;
}

const reactsToOrders = ({ declaration }: DeclaredHandler<QueueDeclaration>) =>
  declaration.on.some(({ name }) => name === orderPlaced.name) && !declaration.access.mail;
