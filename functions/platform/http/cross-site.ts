/**
 * Defence against cross-site request forgery: who carries a session cookie and changes something must come from our own
 * pages. Browsers say where a request comes from (Sec-Fetch-Site, Origin) and pages can not lie about it. A program that says neither
 * has no use for cookies: it is given its tokens in the body. A JSON body can not be sent across sites without a preflight that we
 * refuse.
 */
import { AppError } from '../../../shared/errors.ts';
import { type Exchange, isJson } from './exchange.ts';

const sessionCookie = /^__(Host|Secure)-mewayz-/;

/** Errors: CSRF_REFUSED. */
export function refuseCrossSite(exchange: Exchange, ownOrigin: string): void {
  if (exchange.contract.method === 'GET' || exchange.face !== 'browser') return;
  const { headers } = exchange;
  if (headers.cookie === undefined || headers.authorization !== undefined) return;
  if (!Object.keys(exchange.cookies).some((name) => sessionCookie.test(name))) return;
  const contentType = headers['content-type'];
  const jsonOrNothing = contentType === undefined ? !exchange.event.body : isJson(contentType);
  if (!jsonOrNothing || !isSameOrigin(exchange, ownOrigin)) throw new AppError('CSRF_REFUSED');
}

function isSameOrigin({ headers, event }: Exchange, ownOrigin: string): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin') return true;
  // Every browser says one of the two with what changes something: who says neither does not get in by a cookie.
  if (origin === undefined) return false;
  if (origin === ownOrigin) return true;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  return (
    site === undefined && host !== undefined && (host === headers.host || host === event.requestContext.domainName)
  );
}
