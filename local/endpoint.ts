/**
 * The one AWS endpoint: signature → caller → service → rights → answer. It listens on loopback only and refuses foreign
 * Host headers, so no web page can reach it by DNS rebinding.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Core } from './cloud.ts';
import { errorResponse, newRequestId, type Protocol } from './errors.ts';
import { callerArn } from './iam/authorizer.ts';
import { decodeChunked, readSignature, type SignedRequest, verifySignature } from './iam/signature.ts';
import { AwsError, type AwsRequest, type AwsResponse, type Caller } from './types.ts';

/** Largest body, in bytes: that of one S3 PUT that a local run may reasonably see. */
const maximumBody = 512 * 1024 * 1024;

export interface Endpoint {
  url: string;
  port: number;
  /** From now on requests are answered; before, they get 503. */
  open(core: Core, consolePages: ConsoleHandler): void;
  close(): Promise<void>;
}
/** Answers `/_local/...`; undefined when there is no such page. */
export type ConsoleHandler = (request: AwsRequest) => Promise<AwsResponse | undefined>;

/** Listens on 127.0.0.1. Port 0 takes a free one. Throws when the port is taken. */
export async function createEndpoint(port: number): Promise<Endpoint> {
  let opened: { core: Core; consolePages: ConsoleHandler } | undefined;
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (incoming, outgoing) => {
    void respond(incoming, outgoing, opened);
  });
  await listen(server, port);
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    open(core, consolePages) {
      opened = { core, consolePages };
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      done();
    });
  });
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  opened: { core: Core; consolePages: ConsoleHandler } | undefined,
): Promise<void> {
  const requestId = newRequestId();
  const protocol = protocolOf(incoming);
  let answer: AwsResponse;
  try {
    if (!isLocalHost(incoming.headers.host))
      throw new AwsError('AccessDenied', 'This endpoint answers local names only', 403);
    if (opened === undefined) throw new AwsError('ServiceUnavailable', 'The local platform is starting', 503);
    answer = await handle(incoming, opened.core, opened.consolePages, requestId);
  } catch (error) {
    const known = error instanceof AwsError;
    if (!known)
      opened?.core.cloud.log(
        'error',
        `endpoint: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    const failure = known
      ? error
      : new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
    const contentType = incoming.headers['content-type'] ?? '';
    answer = errorResponse(failure, { protocol: protocol(), contentType, requestId, resource: incoming.url ?? '/' });
  }
  send(outgoing, answer, requestId, incoming.method === 'HEAD');
}

async function handle(
  incoming: IncomingMessage,
  core: Core,
  consolePages: ConsoleHandler,
  requestId: string,
): Promise<AwsResponse> {
  const [path = '/', query = ''] = splitUrl(incoming.url ?? '/');
  const { headers, method = 'GET' } = incoming;
  const raw = await readAll(incoming);
  const signed: SignedRequest = { method, path, query, headers };
  const base = { method, path, query: new URLSearchParams(query), requestId, region: core.cloud.region };
  if (path === '/_local' || path.startsWith('/_local/')) {
    const request: AwsRequest = { ...base, headers, body: raw, service: '', caller: { kind: 'anonymous' } };
    const answer = await consolePages(request);
    return answer ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' };
  }

  const signature = readSignature(signed);
  let caller: Caller = { kind: 'anonymous' };
  let body = raw;
  let requestHeaders = headers;
  if (signature !== undefined) {
    const identity = core.identify(signature.accessKeyId, signature.sessionToken);
    verifySignature(signed, signature, identity.secretAccessKey, raw, Date.now());
    caller = identity.caller;
    if (String(headers['x-amz-content-sha256']).startsWith('STREAMING-')) {
      const decoded = decodeChunked(raw, signed, signature, identity.secretAccessKey);
      body = decoded.body;
      requestHeaders = { ...headers, ...decoded.trailers };
    }
  }
  const operation = operationOf(incoming, base.query, body);
  const name = signature?.service ?? unsignedService(incoming, path);
  const request: AwsRequest = { ...base, headers: requestHeaders, body, service: name, caller };
  if (signature !== undefined) request.region = signature.region;
  if (operation !== undefined) request.operation = operation;
  if (name === 'sts') return callerIdentity(caller, operation, core, requestId);
  const service = core.service(name);
  if (service === undefined)
    throw new AwsError('UnknownOperationException', `There is no local service for ${name}`, 404);
  return core.dispatch(service, request);
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

/** Name of the operation for JSON (`X-Amz-Target: Service_Version.Operation`) and for the query protocol (`Action`). */
function operationOf({ headers }: IncomingMessage, query: URLSearchParams, body: Buffer): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  if (isForm(headers['content-type'])) return new URLSearchParams(body.toString()).get('Action') ?? undefined;
  return query.get('Action') ?? undefined;
}

/** Only Cognito's public operations and pages, and S3 (public objects, presigned forms), answer without a signature. */
function unsignedService({ headers }: IncomingMessage, path: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string' && !target.startsWith('AWSCognitoIdentityProviderService.')) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 400);
  }
  const isCognito = target !== undefined || path.startsWith('/oauth2/') || /^\/[^/]+\/\.well-known\//.test(path);
  return isCognito ? 'cognito-idp' : 's3';
}

function callerIdentity(caller: Caller, operation: string | undefined, core: Core, requestId: string): AwsResponse {
  if (operation !== 'GetCallerIdentity') {
    throw new AwsError('UnknownOperationException', `sts: the operation ${operation} is not known here`, 400);
  }
  if (caller.kind === 'anonymous')
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  const { accountId } = core.cloud;
  const userId = caller.kind === 'role' ? `${caller.roleArn.split('/').at(-1)}:${caller.sessionName}` : accountId;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${callerArn(caller, accountId)}</Arn><UserId>${userId}</UserId><Account>${accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

function protocolOf({ headers, url = '/' }: IncomingMessage): () => Protocol {
  return () => {
    if (headers['x-amz-target'] !== undefined) return 'json';
    const service = signedService(headers, splitUrl(url)[1]);
    if (service === 's3') return 'rest-xml';
    return isForm(headers['content-type']) || service === 'sts' ? 'query' : 'rest-json';
  };
}
/** The service in the credential's scope, however broken the rest of the signature is; S3 is what unsigned requests ask. */
function signedService({ authorization }: IncomingMessage['headers'], query: string): string {
  const credential = /Credential=([^,\s&]+)/.exec(`${authorization ?? ''} ${query}`)?.[1] ?? '';
  return decodeURIComponent(credential).split('/')[3] ?? 's3';
}
function isForm(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** `localhost`, `*.localhost` (buckets as host names) and the loopback addresses, any port. */
export function isLocalHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]' || name.endsWith('.localhost');
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > maximumBody) throw new AwsError('EntityTooLarge', `A body holds ${maximumBody} bytes at most`, 413);
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function send(
  outgoing: ServerResponse,
  { status, headers = {}, body }: AwsResponse,
  requestId: string,
  isHead: boolean,
): void {
  outgoing.statusCode = status;
  outgoing.setHeader('x-amzn-requestid', requestId);
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (body === undefined || isHead) {
    outgoing.end();
  } else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    outgoing.setHeader('content-length', Buffer.byteLength(body));
    outgoing.end(body);
  } else {
    (body as Readable).on('error', () => outgoing.destroy());
    body.pipe(outgoing);
  }
}
