/**
 * What the page knows about its way to the API: offline, not answering, or slow. Fed by each call; a probe asks again while the API does not
 * answer, so that everything goes on by itself.
 */
import { useSyncExternalStore } from 'react';

export type Connection = 'fine' | 'slow' | 'unreachable' | 'offline';

/** Milliseconds after which a call that has no answer yet counts as slow. */
export const SLOW_AFTER_MS = 3_000;
const PROBE_EVERY_MS = 3_000;
export const API_BASE = '/api/v1';
const PROBE_URL = `${API_BASE}/health`;

let slowCalls = 0;
let isUnreachable = false;
let probing: ReturnType<typeof setTimeout> | undefined;
let said: Connection = 'fine';
const listeners = new Set<() => void>();
const returnListeners = new Set<() => void>();

function isOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false;
}

function update(): void {
  const next: Connection = isOffline() ? 'offline' : isUnreachable ? 'unreachable' : slowCalls > 0 ? 'slow' : 'fine';
  if (next === said) return;
  const wasAway = said === 'offline' || said === 'unreachable';
  said = next;
  for (const listener of listeners) listener();
  if (wasAway && (next === 'fine' || next === 'slow')) for (const listener of returnListeners) listener();
}

function noteAnswer(answered: boolean): void {
  isUnreachable = !answered;
  if (answered) clearTimeout(probing);
  else probeLater();
  update();
}

function probeLater(): void {
  clearTimeout(probing);
  probing = setTimeout(async () => {
    try {
      const response = await fetch(PROBE_URL, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
      noteAnswer(response.ok);
    } catch {
      noteAnswer(false);
    }
  }, PROBE_EVERY_MS);
}

/**
 * The answer that `session.js` asked for while the code of the page was still on its way: it counts for the first who asks. Should the script come
 * after that, it asks no more: what it heard would be taken for the answer of another moment, as of before the session was renewed.
 */
function early(input: RequestInfo | URL): Promise<Response> | undefined {
  if (input !== `${API_BASE}/auth/me`) return undefined;
  const page = globalThis as { __mewayzMe?: Promise<Response> | null };
  const answer = page.__mewayzMe;
  page.__mewayzMe = null;
  return answer ?? undefined;
}

/** Lets presses and paints come first, and goes on before what else waits. Not a timer: those of a page in the background are held up. */
const leaveTask = () => (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler?.yield?.();

/**
 * `fetch` that tells how the way to the API is. A page asks for all that it shows at once, and to send one request takes a phone as long as a
 * frame: each is sent in a task of its own, where the browser lets a task be left. No answer at all, and answers of a proxy that has none
 * (502 to 504 without the API's envelope), count as unreachable; an error of one operation does not.
 */
export const observedFetch: typeof fetch = async (input, init) => {
  let isSlow = false;
  const timer = setTimeout(() => {
    isSlow = true;
    slowCalls++;
    update();
  }, SLOW_AFTER_MS);
  try {
    const asked = early(input);
    if (!asked) await leaveTask();
    const response = await (asked ?? fetch(input, init));
    const isGateway = response.status >= 502 && response.status <= 504 && !response.headers.has('x-request-id');
    noteAnswer(!isGateway);
    return response;
  } catch (error) {
    if (!init?.signal?.aborted) noteAnswer(false);
    throw error;
  } finally {
    clearTimeout(timer);
    if (isSlow) slowCalls--;
    update();
  }
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener('online', update);
    window.removeEventListener('offline', update);
  };
}

/** How the way to the API is, now and on each change. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    subscribe,
    () => said,
    () => 'fine',
  );
}

/** Calls `listener` whenever the API can be reached again. Gives the function that ends this. */
export function onReturn(listener: () => void): () => void {
  returnListeners.add(listener);
  return () => returnListeners.delete(listener);
}
