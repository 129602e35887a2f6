/** The one client of the API in the browser: cookies carry the session, which is renewed without anybody noticing. */
import { type Client, createClient } from '../../shared/client.ts';
import { API_BASE, observedFetch } from './connection.ts';

/** Asks the person to sign in again and answers whether they did; undefined as long as nobody can ask. */
let askAgain: (() => Promise<boolean>) | undefined;

/** Registers who asks the person to sign in again when the session has ended under a page that was in use. */
export function whenSessionEnds(ask: (() => Promise<boolean>) | undefined): void {
  askAgain = ask;
}

/** Loaded when it is needed: most visits end before their token does, and public pages have none. */
const renew = async (sentAt: number) => (await import('./renew.ts')).renew(sentAt);

/** For what a page reads by itself, again and again: renews the session as well, but asks nobody to sign in. */
export const backgroundApi: Client = createClient({
  baseUrl: API_BASE,
  fetch: observedFetch,
  onUnauthenticated: renew,
});

export const api: Client = createClient({
  baseUrl: API_BASE,
  fetch: observedFetch,
  onUnauthenticated: async (sentAt) => (await renew(sentAt)) || ((await askAgain?.()) ?? false),
});
