/** HTTP as a browser or a program speaks it to a running platform: raw replies, so that tests see everything that a client sees. */
import { ApiProblem } from '../../shared/client.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { pathOf } from '../../shared/contracts/contract.ts';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body when it is JSON, else undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the operation answers; tests say what they expect
  json: any;
  /** Names of the contract's error, or undefined for a success. */
  code: string | undefined;
}
export interface Sent {
  method?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
}

export interface Api {
  /** `path` below the base. */
  send(path: string, request?: Sent): Promise<Reply>;
  /** Calls the operation of a contract. A POST gets no Idempotency-Key by itself. */
  call(contract: Contract, input?: Sent & { params?: Record<string, string> }): Promise<Reply>;
}

/** `headers` go along with each request. */
export function apiAt(base: string, headers: Record<string, string> = {}): Api {
  const send: Api['send'] = async (path, request = {}) => {
    const search = new URLSearchParams(request.query).toString();
    const hasBody = request.body !== undefined;
    const response = await fetch(`${base}${path}${search ? `?${search}` : ''}`, {
      method: request.method ?? 'GET',
      headers: { ...(hasBody && { 'content-type': 'application/json' }), ...headers, ...request.headers },
      body: !hasBody ? undefined : typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
      redirect: 'manual',
    });
    return replyOf(response);
  };
  return {
    send,
    call: (contract, { params, ...request } = {}) =>
      send(pathOf(contract, params), { method: contract.method, ...request }),
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const json = isJson ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    code: json?.error?.code ?? json?.code,
  };
}

/** The reply's data; fails with the whole reply when it is not a success. */
export function dataOf(reply: Reply) {
  if (reply.status < 200 || reply.status > 299) {
    const { code = 'NETWORK_ERROR' } = reply;
    throw new ApiProblem(code as 'NETWORK_ERROR', reply.status, `${reply.status} ${reply.text}`);
  }
  return reply.json?.data;
}

/** `fetch` that keeps cookies as a browser at the web app's address does, and says where its requests come from. */
export function browserFetch(origin: string): typeof fetch & { cookies(): Map<string, string> } {
  const cookies = new Map<string, { value: string; path: string }>();
  const browser = async (input: string | URL | Request, init: RequestInit = {}) => {
    const { pathname } = new URL(String(input));
    const sent = [...cookies].filter(([, { path }]) => pathname.startsWith(path));
    const headers = new Headers(init.headers);
    if (sent.length > 0) headers.set('cookie', sent.map(([name, { value }]) => `${name}=${value}`).join('; '));
    if (init.method !== undefined && init.method !== 'GET') headers.set('origin', origin);
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
      if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name);
      else cookies.set(name, { value: pair.slice(pair.indexOf('=') + 1), path });
    }
    return response;
  };
  return Object.assign(browser, { cookies: () => new Map([...cookies].map(([name, { value }]) => [name, value])) });
}
