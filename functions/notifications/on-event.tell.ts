import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { stockLow } from '../../events/products/stock-low.v1.ts';
import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import { queue } from '../platform/queue.ts';
import { preferencesReading, wantsInApp } from '../users/in-app-preferences.ts';
import { tell, telling } from './tell.ts';
import { isNews, tellingsOf } from './telling.ts';

export const handler = queue({
  id: 'notifications.on-event.tell',
  on: [orderPlaced, orderCancelled, stockLow, passwordChanged, mfaDisabled, suspiciousLogin],
  access: { table: { ...telling, ...preferencesReading } },
  errorImpact:
    'People are told nothing new in the application; mails come as before. They are when the messages are redriven within two days.',
  // All orders of the house go to one feed; more batches at once would only collide there.
  maxConcurrency: 2,
  runBatch: async ({ events, db, now, log }) => {
    const failed = new Set<string>();
    const tellings = events.filter((event) => isNews(event, now)).flatMap(tellingsOf);
    for (const [feed, told] of Map.groupBy(tellings, ({ feed }) => feed)) {
      try {
        const [person] = told.map(({ person }) => person);
        const wants = person === undefined ? () => true : await wantsInApp(db, person);
        await tell(
          db,
          feed,
          told.filter(({ kind }) => wants(kind)),
          now,
        );
      } catch (error) {
        log.error('feed not written', { feed, error: error as Error });
        for (const { eventId } of told) failed.add(eventId);
      }
    }
    return [...failed];
  },
});
