/** How figures are kept: one small item for each hour and each day, for each seller and for the whole. */
import type { Currency } from '../../shared/money.ts';
import { entity } from '../platform/entity.ts';

/** Steps that are counted; weeks and months are sums of days. */
export type Step = 'hour' | 'day';

/** Sums of one step. What never happened in it is left out. Amounts are minor units, one sum for each currency. */
export type Figures = {
  /** Id of a seller, or `all`. */
  scope: string;
  step: Step;
  /** `2026-11-21`, of an hour `2026-11-21T09`. UTC. */
  at: string;
  orders?: number;
  cancelledOrders?: number;
  newUsers?: number;
} & { [C in Currency as `revenue${C}`]?: number } & { [C in Currency as `orders${C}`]?: number };

export const figures = entity<Figures>()({
  name: 'Figures',
  partition: 'FIGURES',
  describes: 'Sums of one hour or day, of one seller or of all',
  keyShape: 'FIGURES#<seller or all>#<hour or day> / <UTC hour or day>',
  key: (k: Pick<Figures, 'scope' | 'step' | 'at'>) => ({ pk: `FIGURES#${k.scope}#${k.step}`, sk: k.at }),
  keyOf: ({ scope, step, at }) => ({ scope, step, at }),
  patterns: {
    period: {
      reads: 'the steps of a period, oldest first',
      range: ({ scope, step, from, to }: { scope: string; step: Step; from: string; to: string }) => ({
        pk: `FIGURES#${scope}#${step}`,
        sk: { between: [from, to] as const },
      }),
    },
  },
});

/** That an event has been counted. Kept for ever: the archive may be replayed years later and must give the same figures. */
export interface CountedEvent {
  eventId: string;
}
export const countedEvents = entity<CountedEvent>()({
  name: 'CountedEvent',
  partition: 'COUNTEDEVENT',
  describes: 'Marker: an event is in the figures',
  keyShape: 'COUNTEDEVENT#<event id> / COUNTEDEVENT',
  key: (k: CountedEvent) => ({ pk: `COUNTEDEVENT#${k.eventId}`, sk: 'COUNTEDEVENT' }),
  keyOf: ({ eventId }) => ({ eventId }),
  patterns: {},
});
