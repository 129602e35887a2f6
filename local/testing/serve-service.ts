/**
 * Serves one service over HTTP for the AWS SDKs in unit tests: no signature check, JSON error protocol, the given caller.
 * The real endpoint (signatures, rights, every protocol) is `local/endpoint.ts`.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AwsError, type AwsRequest, type AwsResponse, type Caller, type Cloud, type Service } from '../types.ts';

export interface ServedService {
  url: string;
  close(): Promise<void>;
}

export async function serveService(
  cloud: Cloud,
  service: Service,
  caller: Caller = { kind: 'root' },
): Promise<ServedService> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const body = await buffer(incoming);
    const form = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
      ? new URLSearchParams(body.toString())
      : undefined;
    const request: AwsRequest = {
      service: service.names[0] ?? '',
      region: cloud.region,
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body,
      operation: incoming.headers['x-amz-target']?.toString().split('.').pop() ?? form?.get('Action') ?? undefined,
      caller,
      requestId: randomUUID(),
    };
    const response = await answer(cloud, service, request);
    outgoing.writeHead(response.status, { 'x-amzn-requestid': request.requestId, ...response.headers });
    if (response.body !== undefined && typeof response.body !== 'string' && !Buffer.isBuffer(response.body)) {
      response.body.pipe(outgoing);
    } else outgoing.end(response.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(cloud: Cloud, service: Service, request: AwsRequest): Promise<AwsResponse> {
  try {
    for (const right of await service.rights(request)) cloud.authorize(request.caller, right);
    return await service.handle(request);
  } catch (error) {
    const known = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
    return {
      status: known.status,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': known.code },
      body: JSON.stringify({ __type: known.code, message: known.message, ...known.extra }),
    };
  }
}
