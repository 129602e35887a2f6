import { getPersonalData } from '../../shared/contracts/users/get-personal-data.ts';
import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { notFound } from '../../shared/errors.ts';
import { authDataReading, readAuthData } from '../auth/personal-data.ts';
import { notificationDataReading, readNotificationData } from '../notifications/personal-data.ts';
import { orderDataReading, readOrderData } from '../orders/personal-data.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { profileView } from './profile-view.ts';
import { userPreferences, userProfiles } from './settings.table.ts';
import { userView } from './user.ts';

/** Orders, notifications and security events, each, in one document. */
const MOST = 2_000;

export const handler = http(getPersonalData, {
  access: {
    table: {
      profile: grant(userProfiles, 'get'),
      preferences: grant(userPreferences, 'get'),
      ...authDataReading,
      ...notificationDataReading,
      ...orderDataReading,
    },
  },
  errorImpact: 'People can not have what is held about them, which the law gives them a right to.',
  timeoutSeconds: 29,
  run: async (context) => {
    const { params, actor, user, db, now } = context;
    if (params.id !== actor.id) throw notFound();
    const userId = user.id;
    const [profile, preferences, auth, told, ordered] = await Promise.all([
      db.profile.get({ userId }, { consistent: true }),
      db.preferences.get({ userId }, { consistent: true }),
      readAuthData(db, user, { most: MOST, now }),
      readNotificationData(db, userId, { most: MOST }),
      readOrderData(db, userId, { most: MOST }),
    ]);
    const document = {
      writtenAt: now.toISOString(),
      account: userView(user, {}),
      profile: profileView(profile ?? { userId, version: 0 }, user, context),
      preferences: preferences ?? { ...usualPreferences, userId, version: 0 },
      consents: [
        { to: 'terms' as const, given: user.acceptedTermsAt !== undefined, at: user.acceptedTermsAt },
        { to: 'product-news' as const, given: user.marketingConsent },
      ],
      sessions: auth.sessions,
      securityEvents: auth.securityEvents,
      notifications: told.notifications,
      orders: ordered.orders,
      complete: { securityEvents: auth.complete, notifications: told.complete, orders: ordered.complete },
      _links: links(context, { self: [getPersonalData, params] }),
    };
    const day = now.toISOString().slice(0, 10);
    return reply(document, {
      headers: { 'content-disposition': `attachment; filename="mewayz-personal-data-${day}.json"` },
    });
  },
});
