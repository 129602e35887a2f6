/**
 * What all tabs and parts of the page hear about the session. Knows nothing of queries, so that public pages can tell others of a
 * sign-in without loading them.
 */
export type SessionEvent = 'signed-in' | 'signed-out';

const CHANNEL = 'mewayz-session';
let channel: BroadcastChannel | undefined;
const open = () => {
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
};

/** Tells the other tabs; this one knows already. */
export function announce(event: SessionEvent): void {
  open().postMessage(event);
}

/** Hears what other tabs announce. Gives the function that ends this. */
export function onSessionEvent(listener: (event: SessionEvent) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionEvent>) => listener(data);
  open().addEventListener('message', hear);
  return () => open().removeEventListener('message', hear);
}

/**
 * Where to go after signing in: `next` of the address, only when it is a path of this origin that is not a sign-in page itself.
 */
export function destinationAfterSignIn(search: string, origin: string): string {
  const fallback = '/dashboard';
  const next = new URLSearchParams(search).get('next');
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return fallback;
  const url = new URL(next, origin);
  const isBefore = /^\/(sign-in|register|confirm|forgot-password|reset-password|invitation|secure-account)?$/;
  if (url.origin !== origin || isBefore.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The session is open: the other tabs hear of it, and this one goes where its person was on the way to. */
export function enterApp(): void {
  announce('signed-in');
  window.location.assign(destinationAfterSignIn(window.location.search, window.location.origin));
}

/** The sign-in page that leads back to where one is. */
export function signInPath(here: { pathname: string; search: string; hash: string }): string {
  return `/sign-in?next=${encodeURIComponent(`${here.pathname}${here.search}${here.hash}`)}`;
}
