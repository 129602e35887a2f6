/**
 * An operation's own rate limits: a counter per caller and fixed window, taken before the work and exact under concurrency.
 * `failures` takes one too and gives it back when the request did not fail, so that a hundred guesses at once are not
 * a hundred guesses for the price of none. Header syntax: draft-ietf-httpapi-ratelimit-headers-10.
 */
import { hash } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { RateLimit } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { edgeLimits, planLimits } from '../../../shared/plans.ts';
import type { ApiReply, Exchange, Outcome } from './exchange.ts';
import type { HttpMiddleware } from './middleware.ts';

interface Taken {
  limit: RateLimit;
  id: string;
}
const MONTH_SECONDS = 2_592_000;
/** Counters outlive their window a little, so that clocks may differ. */
const KEEP_SECONDS = 300;

export function rateLimit(limits: readonly RateLimit[], log: Logger): HttpMiddleware {
  const taken = new WeakMap<Exchange, Taken[]>();
  const settle = async (request: { event: Exchange; response: Outcome | ApiReply }) => {
    const { status } = request.response as Outcome;
    const mine = taken.get(request.event) ?? [];
    taken.delete(request.event);
    // Who is asked for the second step has done the first one right.
    if (status >= 400 && status < 500 && request.event.errorCode !== 'MFA_REQUIRED') return;
    const back = mine.filter(({ limit }) => limit.counts === 'failures');
    await Promise.all(back.map(({ id }) => giveBack(request.event, id))).catch((error) =>
      log.error('rate limit not given back', { error }),
    );
  };
  return {
    async before({ event: exchange }) {
      const mine: Taken[] = [];
      taken.set(exchange, mine);
      const remaining: string[] = [];
      exchange.replyHeaders['ratelimit-policy'] = limits.map(policy).join(', ');
      for (const limit of limits) {
        const who = callerOf(limit, exchange);
        if (who === undefined) continue;
        const window = windowOf(limit, exchange.now);
        const id = `${exchange.contract.id}#${limit.per}#${who}#${window.number}`;
        const left = await take(exchange, limit, id, window.endsAt);
        const seconds = Math.max(1, Math.ceil(window.endsAt - exchange.now.getTime() / 1_000));
        remaining.push(`"${limit.per}";r=${Math.max(0, left ?? 0)};t=${seconds}`);
        exchange.replyHeaders.ratelimit = remaining.join(', ');
        if (left === undefined) throw new AppError('RATE_LIMITED', { headers: { 'retry-after': String(seconds) } });
        mine.push({ limit, id });
      }
      exchange.lap('limit');
    },
    after: settle,
    onError: settle,
  };
}

/**
 * The limits that hold for every operation, past which a request never reaches a function: the firewall's before the browser face, the
 * usage plan's before the partner face. They cost nothing here, and what is left of them is not known here.
 */
export function generalPolicies(exchange: Exchange): string {
  if (exchange.face === 'browser') {
    const { perAddress, perSession, windowSeconds } = edgeLimits;
    return `"edge-address";q=${perAddress};w=${windowSeconds}, "edge-session";q=${perSession};w=${windowSeconds}`;
  }
  // Who has no valid key is let through by no plan; the least of them is true for everybody.
  const { requestsPerSecond, requestsPerMonth } = planLimits[exchange.actor?.plan ?? 'Free'];
  return `"plan-second";q=${requestsPerSecond};w=1, "plan-month";q=${requestsPerMonth};w=${MONTH_SECONDS}`;
}

function policy({ per, limit, windowSeconds }: RateLimit): string {
  return `"${per}";q=${limit};w=${windowSeconds}`;
}

/** Number of the window since the epoch, and the epoch second at which it is over. */
export function windowOf({ windowSeconds }: RateLimit, now: Date): { number: number; endsAt: number } {
  const number = Math.floor(now.getTime() / 1_000 / windowSeconds);
  return { number, endsAt: (number + 1) * windowSeconds };
}

/** Hash of who is counted, so that no address or e-mail stands in a key; undefined when the request names no account. */
function callerOf({ per }: RateLimit, exchange: Exchange): string | undefined {
  if (per === 'user' && exchange.actor) return exchange.actor.id;
  if (per === 'account') {
    const body = exchange.json();
    if (typeof body !== 'object' || body === null) return undefined;
    if ('email' in body && typeof body.email === 'string') return shortHash(body.email.trim().toLowerCase());
    // The second step of a sign-in names the account in front.
    if ('session' in body && typeof body.session === 'string') return shortHash(body.session.split('.')[0] ?? '');
    return undefined;
  }
  return shortHash(networkOf(exchange.ip));
}
function shortHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** An IPv4 address, or the /64 of an IPv6 address: that much one subscriber commonly has. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail] = ip.toLowerCase().split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? start
      : [...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Takes one of the window; answers how many are left, undefined when there was none. */
async function take(exchange: Exchange, { limit }: RateLimit, id: string, endsAt: number): Promise<number | undefined> {
  const counters = exchange.db['http:rateLimits'];
  const expires = endsAt + KEEP_SECONDS;
  const known = await counters.get({ id }, { consistent: true });
  if (!known) {
    const [raced] = await exchange.db.tryWrite(counters.put({ id, n: 1, expires }));
    if (!raced) return limit - 1;
  } else if (known.n >= limit) return undefined;
  const [full] = await exchange.db.tryWrite(counters.update({ id }, { add: { n: 1 }, when: { n: { lt: limit } } }));
  return full ? undefined : limit - (known?.n ?? 1) - 1;
}

async function giveBack(exchange: Exchange, id: string): Promise<void> {
  const counters = exchange.db['http:rateLimits'];
  await exchange.db.tryWrite(counters.update({ id }, { add: { n: -1 }, when: { n: { gt: 0 } } }));
}
