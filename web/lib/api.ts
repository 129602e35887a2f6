/** The one client of the API in the browser: cookies carry the session, which is renewed without anybody noticing. */
import { ApiProblem, type Client, createClient } from '../../shared/client.ts';
import { observedFetch } from './connection.ts';

export const API_BASE = '/api/v1';
const REFRESHED_AT = 'mewayz.refreshed-at';

/** When any tab renewed the session last; storage may be closed to us, then only this tab counts. */
const refreshedAt = {
  value: '',
  read(): string {
    try {
      return localStorage.getItem(REFRESHED_AT) ?? this.value;
    } catch {
      return this.value;
    }
  },
  write(): void {
    this.value = String(Date.now());
    try {
      localStorage.setItem(REFRESHED_AT, this.value);
    } catch {
      // Private browsing: the other tabs renew for themselves.
    }
  },
};

/** Asks the person to sign in again and answers whether they did; undefined as long as nobody can ask. */
let askAgain: (() => Promise<boolean>) | undefined;

/** Registers who asks the person to sign in again when the session has ended under a page that was in use. */
export function whenSessionEnds(ask: (() => Promise<boolean>) | undefined): void {
  askAgain = ask;
}

/**
 * Renews the session, one tab at a time: a refresh token works once, and its second use would end the session. `sentAt`: when the call
 * went out that was refused. Answers false when there is no session to renew. Errors: ApiProblem when the API can not be reached or is in
 * trouble, which says nothing about the session.
 */
async function renew(sentAt: number): Promise<boolean> {
  const send = async () => {
    // Renewed since, by another tab or another call of this one: the refusal says nothing of the session as it is now.
    if (Number(refreshedAt.read()) >= sentAt) return true;
    const response = await observedFetch(`${API_BASE}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{}',
      credentials: 'same-origin',
    }).catch((cause: unknown) => {
      throw new ApiProblem('NETWORK_ERROR', 0, 'The service can not be reached.', { cause });
    });
    if (response.ok) {
      refreshedAt.write();
      return true;
    }
    if (response.status === 401) return false;
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new ApiProblem('SERVICE_UNAVAILABLE', response.status, 'The session could not be renewed.', {
      retryAfter: Number.isFinite(seconds) ? seconds : undefined,
    });
  };
  return 'locks' in navigator ? navigator.locks.request('mewayz-refresh', send) : send();
}

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
