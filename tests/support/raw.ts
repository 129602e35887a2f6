/** Requests as no polite client sends them: any method, any header, any bytes, from any loopback address; replies with their bytes. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RawReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Where the request comes from: any address in 127.0.0.0/8. */
  from?: string;
}

const agents = new Map<string, Agent>();
const agentOf = (from: string) => {
  const agent = agents.get(from) ?? new Agent({ keepAlive: true, localAddress: from });
  agents.set(from, agent);
  return agent;
};

/** `url` is sent as it stands, be it well-formed or not. */
export function rawRequest(base: string, path: string, options: RawRequest = {}): Promise<RawReply> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, from = '127.0.0.1' } = options;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      {
        hostname: '127.0.0.1',
        port,
        path,
        method,
        agent: agentOf(from),
        headers: { host: `${hostname}:${port}`, ...length, ...headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
export function closeRaw(): void {
  for (const agent of agents.values()) agent.destroy();
  agents.clear();
}
