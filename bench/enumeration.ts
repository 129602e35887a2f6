/**
 * Whether the time of a reply tells that an account exists: requests for known and for unknown addresses, side by side and in changing
 * order, on the five routes that must not tell, against a real table and a real (local) user pool.
 */
import { handler as forgotPassword } from '../functions/auth/forgot-password.ts';
import { handler as login } from '../functions/auth/login.ts';
import { handler as loginRecover } from '../functions/auth/login-recover.ts';
import { handler as register } from '../functions/auth/register.ts';
import { handler as resendCode } from '../functions/auth/resend-code.ts';
import type { DeclaredHandler, HttpDeclaration } from '../functions/platform/declaration.ts';
import { account, startPlatform, startUserPool } from './platform.ts';

export interface EnumerationTimes {
  route: string;
  /** Milliseconds. */
  known: number[];
  unknown: number[];
}

const password = 'Bench-Passw0rd!';
const wrong = 'Other-Passw0rd!';
/** Below every limit of the operations and of the pool, which would show by themselves. */
const TRIES_AN_ACCOUNT = 4;
/** Pairs at the same time: replies wait for even times. */
const AT_ONCE = 8;

interface Route {
  handler: DeclaredHandler<HttpDeclaration>;
  body(email: string): object;
  pending?: boolean;
}
const routes: Readonly<Record<string, Route>> = {
  register: {
    handler: register,
    body: (email) => ({ name: 'Ann', email, password, confirmPassword: password, acceptTerms: true }),
  },
  login: { handler: login, body: (email) => ({ email, password: wrong }) },
  'forgot-password': { handler: forgotPassword, body: (email) => ({ email }) },
  'resend-code': { handler: resendCode, body: (email) => ({ email }), pending: true },
  'login/recover': {
    handler: loginRecover,
    body: (email) => ({ email, password: wrong, backupCode: '00000-00000' }),
  },
};

/** Probability that a known one took longer than an unknown one: 0.5 when they can not be told apart. */
export function areaUnderCurve(known: readonly number[], unknown: readonly number[]): number {
  let sum = 0;
  for (const one of known) for (const other of unknown) sum += one > other ? 1 : one === other ? 0.5 : 0;
  return sum / (known.length * unknown.length);
}

/** Times `count` known and `count` unknown requests on each route. */
export async function measureEnumeration(count: number): Promise<EnumerationTimes[]> {
  const platform = await startPlatform();
  const pool = await startUserPool();
  try {
    await pool.use();
    let address = 0;
    const ip = () => `10.${(++address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
    const measured: EnumerationTimes[] = [];
    for (const [route, { handler, body, pending }] of Object.entries(routes)) {
      const accounts: string[] = [];
      for (let index = 0; index < Math.ceil((count + 4) / TRIES_AN_ACCOUNT); index++) {
        const email = `known${measured.length}-${index}@bench.example`;
        await account(platform, email, pending ? 'pending' : 'active', password);
        accounts.push(email);
      }
      const timed = async (email: string, into: number[]) => {
        const call = { body: body(email), ip: ip() };
        const begun = performance.now();
        const { status } = await platform.call(handler, call);
        into.push(performance.now() - begun);
        if (status === 429 || status >= 500) throw new Error(`${route} answered ${status}: it measures something else`);
      };
      const times: EnumerationTimes = { route, known: [], unknown: [] };
      const pair = async (index: number, { known, unknown }: { known: number[]; unknown: number[] }) => {
        const one = () => timed(accounts[index % accounts.length] ?? '', known);
        const other = () => timed(`nobody${measured.length}-${index}@bench.example`, unknown);
        for (const work of index % 2 === 0 ? [one, other] : [other, one]) await work();
      };
      // What is compiled and connected at first is nobody's time.
      await Promise.all([0, 1, 2, 3].map((index) => pair(index + count, { known: [], unknown: [] })));
      let next = 0;
      const worker = async () => {
        for (let index = next++; index < count; index = next++) await pair(index, times);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      measured.push(times);
    }
    return measured;
  } finally {
    await pool.stop();
    await platform.stop();
  }
}
