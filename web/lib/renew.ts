/** Renews the session in the browser: unnoticed, once for all tabs, and whole when a page is left in the middle of it. */
import { ApiProblem } from '../../shared/client.ts';
import { API_BASE, observedFetch } from './connection.ts';

const REFRESHED_AT = 'mewayz.refreshed-at';
const BEGUN_AT = 'mewayz.refresh-begun-at';
/** As long as a renewal may take whose page was left in the middle of it, in milliseconds. */
const LEFT_BEHIND_MS = 2_000;

/** A moment that all tabs know, epoch milliseconds, 0 at first; storage may be closed to us, then only this tab does. */
const momentOf = (name: string) => {
  let own = '0';
  return {
    read(): number {
      try {
        return Number(localStorage.getItem(name) ?? own);
      } catch {
        return Number(own);
      }
    },
    write(time = Date.now()): void {
      own = String(time);
      try {
        localStorage.setItem(name, own);
      } catch {
        // Private browsing: the other tabs renew for themselves.
      }
    },
  };
};
/** When any tab renewed the session last, and when one began to. */
const refreshedAt = momentOf(REFRESHED_AT);
const begunAt = momentOf(BEGUN_AT);

/**
 * A page that was left while it renewed the session can not say that it has; the browser brings its answer to the cookies all the same.
 * Whoever came at once with the token of before would use it a second time.
 */
async function isRenewedByPageLeft(): Promise<boolean> {
  const begun = begunAt.read();
  const left = begun + LEFT_BEHIND_MS - Date.now();
  if (begun <= refreshedAt.read() || left <= 0 || left > LEFT_BEHIND_MS) return false;
  await new Promise((resolve) => setTimeout(resolve, left));
  const answer = await observedFetch(`${API_BASE}/auth/me`, { credentials: 'same-origin' }).catch(() => undefined);
  if (!answer?.ok) return false;
  refreshedAt.write();
  return true;
}

/**
 * Renews the session, one tab at a time: a refresh token works once, and its second use would end the session. `sentAt`: when the call
 * went out that was refused. Answers false when there is no session to renew. Errors: ApiProblem when the API can not be reached or is in
 * trouble, which says nothing about the session.
 */
export async function renew(sentAt: number): Promise<boolean> {
  const send = async () => {
    // Renewed since, by another tab or another call of this one: the refusal says nothing of the session as it is now.
    if (refreshedAt.read() >= sentAt || (await isRenewedByPageLeft())) return true;
    begunAt.write();
    const response = await observedFetch(`${API_BASE}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{}',
      credentials: 'same-origin',
      keepalive: true,
    }).catch((cause: unknown) => {
      begunAt.write(0);
      throw new ApiProblem('NETWORK_ERROR', 0, 'The service can not be reached.', { cause });
    });
    if (response.ok) {
      refreshedAt.write();
      return true;
    }
    begunAt.write(0);
    if (response.status === 401) return false;
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new ApiProblem('SERVICE_UNAVAILABLE', response.status, 'The session could not be renewed.', {
      retryAfter: Number.isFinite(seconds) ? seconds : undefined,
    });
  };
  return 'locks' in navigator ? navigator.locks.request('mewayz-refresh', send) : send();
}
