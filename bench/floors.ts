/**
 * The least that an operation could cost in DynamoDB, by its nature: what any implementation on this store with the same promises
 * would need. The goal is a geometric mean of at most 1.1 × floor over all operations, and 10 write units for an order of three lines.
 */
export interface Floor {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly because: string;
}

const plus = (a: Floor, b: Floor): Floor => ({
  requests: a.requests + b.requests,
  readUnits: a.readUnits + b.readUnits,
  writeUnits: a.writeUnits + b.writeUnits,
  because: `${a.because}; ${b.because}`,
});
const floor = (requests: number, readUnits: number, writeUnits: number, because: string): Floor => ({
  requests,
  readUnits,
  writeUnits,
  because,
});

const nothing = floor(0, 0, 0, 'touches no data');
/** Suspension and sign-out act on the very next request, so an eventually consistent read does not do. */
const caller = floor(1, 1, 0, 'the caller, read consistently');
const signedIn = (own: Floor) => plus(caller, own);
const one = floor(1, 0.5, 0, 'one item by its key');
/** Half a unit for each 4 kB of twenty cards; the total that each list owes is one item more. */
const list = (cards: number) =>
  floor(
    2,
    Math.ceil((20 * cards) / 4_096) / 2 + 0.5,
    0,
    `one query over twenty cards of ${cards} bytes, and the exact total`,
  );
/** A counter is taken in one conditional write before the work; one that counts failures only is given back after a success. */
const limit = (taken: number, givenBack: number) =>
  floor(taken + givenBack, 0, taken + givenBack, `${taken} rate limits taken, ${givenBack} given back`);
const byAddress = floor(2, 2, 0, 'the e-mail guard and the user, consistently');
/** Record that makes a repeated POST answer the same: put before the work, completed after it. */
const record = floor(2, 0, 2, 'the idempotency record, taken and completed');

/** A user is read and written; who can become no administrator by it touches no count of them. */
const userChange = floor(2, 1, 1, 'the user is read, consistently, and written');
const becomesActive = floor(1, 0, 1, 'the user becomes active');
const noted = floor(1, 0, 1, 'a security event is written');
const allSessionsEnd = floor(
  2,
  1,
  8,
  'sessions in one query; user, two sessions and the security event in one transaction',
);
const secondFactorChange = floor(1, 0, 6, 'user, backup codes and security event in one transaction');
/** By operation. An operation without a floor fails the benchmark. */
export const floors: Readonly<Record<string, Floor>> = {
  'admin.get-settings': signedIn(floor(1, 1, 0, 'the settings, consistently')),
  'admin.replace-settings': signedIn(floor(2, 1, 1, 'the settings are read, consistently, and written')),
  'analytics.overview': signedIn(floor(1, 1, 0, 'sixty days of figures in one query: 6 kB')),
  'analytics.series': signedIn(floor(1, 0.5, 0, 'thirty days of figures in one query')),
  'audit.export-entries': signedIn(
    floor(2, 5.5, 0, 'ends of the days of a year, and forty entries of one day in one query'),
  ),
  'audit.get-entry': signedIn(one),
  'audit.list-entries': signedIn(floor(2, 10.5, 0, 'ends of the days of a year, and twenty entries by their keys')),
  'auth.change-password': signedIn(
    plus(
      limit(1, 1),
      floor(2, 1, 6, 'sessions in one query; user, the other session and the security event in one transaction'),
    ),
  ),
  'auth.confirm': plus(limit(2, 2), plus(byAddress, becomesActive)),
  'auth.forgot-password': plus(limit(2, 0), plus(byAddress, noted)),
  'auth.list-audit-log': signedIn(floor(1, 0.5, 0, 'own security events in one query')),
  'auth.list-sessions': signedIn(floor(1, 1, 0, 'own sessions in one query, consistently')),
  'auth.login': plus(
    limit(2, 2),
    plus(
      byAddress,
      floor(
        3,
        1.5,
        6,
        'the account’s history and the settings are read; user, session and security event in one transaction',
      ),
    ),
  ),
  'auth.login-mfa': plus(
    limit(2, 2),
    floor(3, 1.5, 6, 'user and history are read; user, session and security event in one transaction'),
  ),
  'auth.login-recover': plus(
    limit(2, 2),
    plus(
      plus(byAddress, floor(2, 1, 1, 'the backup codes are read, consistently, and the used one is spent')),
      plus(noted, floor(2, 0.5, 6, 'history is read; user, session and security event in one transaction')),
    ),
  ),
  'auth.logout': signedIn(floor(1, 0, 6, 'the user, the session that ends and the security event in one transaction')),
  'auth.logout-all': signedIn(allSessionsEnd),
  'auth.me': caller,
  'auth.mfa-backup-codes': signedIn(
    plus(limit(1, 1), floor(1, 0, 4, 'backup codes and security event in one transaction')),
  ),
  'auth.mfa-disable': signedIn(plus(limit(1, 1), secondFactorChange)),
  'auth.mfa-enable': signedIn(plus(limit(1, 1), secondFactorChange)),
  'auth.mfa-setup': signedIn(limit(1, 0)),
  'auth.refresh': floor(4, 3, 1, 'user, session and settings are read, and the use is noted'),
  'auth.register': plus(
    limit(1, 0),
    floor(3, 2, 4, 'guard and user are read, whether or not there are any; user and guard in one transaction'),
  ),
  'auth.report-security-event': signedIn(plus(limit(1, 0), plus(record, noted))),
  'auth.resend-code': plus(limit(2, 0), byAddress),
  'auth.reset-password': plus(limit(2, 2), plus(byAddress, allSessionsEnd)),
  'auth.revoke-session': signedIn(
    floor(2, 1, 6, 'the session is read; user, session and security event in one transaction'),
  ),
  'auth.secure-account': plus(
    limit(1, 1),
    plus(floor(3, 2, 1, 'link and user are read, consistently; the link is deleted at last'), allSessionsEnd),
  ),
  'notifications.list-notifications': signedIn(
    floor(3, 2.5, 0, 'one query over twenty of 400 bytes, the exact total, and what is read, consistently'),
  ),
  'notifications.read-all': signedIn(
    floor(3, 1.5, 1, 'how many there are, and what is read, consistently, are read; the latter is written'),
  ),
  'notifications.read-notification': signedIn(
    floor(3, 1.5, 1, 'the notification, and what is read, consistently, are read; the latter is written'),
  ),
  'orders.cancel-order': signedIn(
    plus(record, floor(2, 1, 8, 'the order is read; order and three stocks in one transaction')),
  ),
  'orders.get-order': signedIn(one),
  'orders.get-order-timeline': signedIn(one),
  'orders.list-orders': signedIn(list(320)),
  'orders.list-user-orders': signedIn(list(320)),
  'orders.place-user-order': signedIn(
    floor(2, 3, 8, 'three stocks are read; order and three stocks in one transaction'),
  ),
  'orders.place-order': signedIn(floor(2, 3, 8, 'three stocks are read; order and three stocks in one transaction')),
  'products.create-product': signedIn(plus(record, floor(1, 0, 6, 'product, stock and code guard in one transaction'))),
  'products.delete-product': signedIn(floor(2, 2, 4, 'product and stock are read, and written in one transaction')),
  'products.get-product': signedIn(floor(1, 1, 0, 'product and stock in one request')),
  'products.list-products': signedIn(list(420)),
  'products.update-product': signedIn(floor(2, 2, 4, 'product and stock are read, and written in one transaction')),
  'system.docs': nothing,
  'system.get-error': nothing,
  'system.health': nothing,
  'system.list-errors': nothing,
  'system.openapi': nothing,
  'system.ready': floor(1, 0, 0, 'the table is asked for its state'),
  'system.root': nothing,
  'users.accept-invitation': plus(limit(2, 2), plus(byAddress, becomesActive)),
  'users.activate-user': signedIn(plus(record, userChange)),
  'users.delete-avatar': signedIn(floor(1, 0, 1, 'a form that was not used ends')),
  'users.delete-user': signedIn(userChange),
  'users.erase-user': signedIn(
    plus(
      limit(1, 1),
      floor(2, 1, 10, 'the user is read; user, guard, profile, preferences and upload in one transaction'),
    ),
  ),
  'users.get-personal-data': signedIn(
    plus(
      limit(1, 0),
      floor(
        7,
        5.5,
        0,
        'profile, preferences, sessions, events, notifications; a page of orders with its count, and the orders themselves',
      ),
    ),
  ),
  'users.get-preferences': signedIn(floor(1, 1, 0, 'one item by its key, consistently')),
  'users.get-profile': signedIn(floor(2, 2, 0, 'profile and upload by their keys, consistently')),
  'users.get-user': signedIn(one),
  'users.invite-user': signedIn(plus(record, floor(1, 0, 4, 'user and guard in one transaction'))),
  'users.invite-users': signedIn(plus(record, floor(1, 0, 4, 'user and guard of one invitation in one transaction'))),
  'users.list-users': signedIn(list(420)),
  'users.replace-preferences': signedIn(floor(2, 1, 1, 'the item is read, consistently, and written')),
  'users.replace-profile': signedIn(floor(2, 1, 1, 'the item is read, consistently, and written')),
  'users.replace-user': signedIn(userChange),
  'users.restore-user': signedIn(plus(record, userChange)),
  'users.request-avatar-upload': signedIn(plus(limit(1, 0), floor(1, 0, 1, 'the upload is written'))),
  'users.set-plan': signedIn(userChange),
  'users.set-role': signedIn(userChange),
  'users.suspend-user': signedIn(plus(record, userChange)),
  'users.update-user': signedIn(userChange),
};

export const goals = {
  /** Geometric mean over all operations of measured ÷ floor. */
  mean: 1.1,
  /** Write units of an order of three lines, with its event, its idempotency and its index entries. */
  orderWriteUnits: 10,
  medianBundleBytes: 450_000,
  startRatio: 1.15,
  warmRatio: 1.5,
  buildSeconds: 20,
} as const;
