/**
 * One HTTP/1.1 listener on the loopback address, in front of a CloudFront distribution or a REST API.
 * It refuses a foreign `Host` (a web page that rebinds its own name to 127.0.0.1 must not reach it).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud, EdgeRequest, EdgeResponse } from '../../types.ts';

/** What CloudFront and API Gateway allow in one message of headers. */
const MAX_HEADER_BYTES = 32_768;
/** Larger bodies are refused before they are read whole; every API behind has a lower limit of its own. */
const MAX_BODY_BYTES = 20 * 1024 * 1024;

export interface ViewerRequest extends EdgeRequest {
  /** Names and values as they came, in turns, in the client's own letter case. */
  rawHeaders: string[];
  sourcePort: number;
}
export type ViewerHandler = (request: ViewerRequest) => Promise<EdgeResponse>;

export interface Listener {
  port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** First port to try; 0 takes any free one. */
  port: number;
  /** When the port is taken: try the next ones (up to 50), or fail. */
  takeNext: boolean;
}

/** Listens on 127.0.0.1; throws an error that names the port when it is taken. */
export async function listen(cloud: Cloud, options: ListenOptions, handler: ViewerHandler): Promise<Listener> {
  let hosts: ReadonlySet<string> = new Set();
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    if (!hosts.has(incoming.headers.host ?? '')) {
      send(outgoing, 'GET', plain(421, 'This listener answers only to localhost.'));
      return;
    }
    answer(cloud, handler, incoming, outgoing);
  });
  const last = options.takeNext && options.port > 0 ? options.port + 50 : options.port;
  const port = await bind(server, options.port, last);
  hosts = new Set(
    ['localhost', '127.0.0.1', '[::1]'].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]),
  );
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bind(server: Server, first: number, last: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (port >= last) throw new Error(`Port ${port} of 127.0.0.1 is taken by another program.`);
    }
  }
}

function answer(cloud: Cloud, handler: ViewerHandler, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const method = incoming.method ?? 'GET';
  const chunks: Buffer[] = [];
  let size = 0;
  const { remoteAddress = '127.0.0.1', remotePort = 0 } = incoming.socket;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  incoming.on('error', () => outgoing.destroy());
  incoming.on('end', () => {
    if (size > MAX_BODY_BYTES) {
      send(outgoing, method, plain(413, 'Request Entity Too Large'));
      return;
    }
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    handler({
      method,
      url: incoming.url ?? '/',
      headers: incoming.headers,
      rawHeaders: incoming.rawHeaders,
      body,
      sourceIp: remoteAddress,
      sourcePort: remotePort,
    }).then(
      (response) => send(outgoing, method, response),
      (error: unknown) => {
        cloud.log('error', `${method} ${incoming.url}: ${error instanceof Error ? error.stack : String(error)}`);
        send(outgoing, method, plain(500, 'Internal Server Error'));
      },
    );
  });
}

function plain(status: number, text: string): EdgeResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) };
}

function send(outgoing: ServerResponse, method: string, response: EdgeResponse): void {
  if (outgoing.destroyed) return;
  const bodiless = response.status === 204 || response.status === 304 || response.status < 200;
  // The length is that of the body in hand, except for HEAD, whose length an origin may have given without a body.
  const length =
    method === 'HEAD' && response.body.length === 0 ? response.headers['content-length'] : String(response.body.length);
  try {
    for (const [name, value] of Object.entries(response.headers)) {
      if (name !== 'content-length') outgoing.setHeader(name, value);
    }
    if (!bodiless && length !== undefined) outgoing.setHeader('content-length', length);
    outgoing.writeHead(response.status);
  } catch {
    // A header that HTTP does not allow (line breaks, a bad status): the gateway's fault page, as AWS answers.
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    outgoing.writeHead(502, { 'content-type': 'text/plain', 'content-length': 11 });
    outgoing.end('Bad Gateway');
    return;
  }
  outgoing.end(bodiless || method === 'HEAD' ? undefined : response.body);
}
