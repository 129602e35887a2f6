/**
 * The event of CloudFront Functions, and the way back from what a function returns.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
import type { EdgeResponse, Json, JsonObject } from '../../types.ts';
import { numberOf, objectOf, textOf } from '../edge/properties.ts';

/** A viewer's request as the distribution works on it; functions may change it. */
export interface ViewerMessage {
  method: string;
  /** Path, percent-encoded. */
  uri: string;
  /** Without the question mark, percent-encoded. */
  queryString: string;
  /** Lower-case names. */
  headers: Record<string, string>;
}

export interface FunctionContext {
  distributionDomainName: string;
  distributionId: string;
  requestId: string;
  viewerIp: string;
}

export function functionEvent(
  eventType: 'viewer-request' | 'viewer-response',
  context: FunctionContext,
  request: ViewerMessage,
  response?: EdgeResponse,
): JsonObject {
  const { viewerIp, ...rest } = context;
  return {
    version: '1.0',
    context: { ...rest, eventType },
    viewer: { ip: viewerIp },
    request: toRequest(request),
    ...(response && { response: toResponse(response) }),
  };
}

function toRequest(request: ViewerMessage): JsonObject {
  const headers: JsonObject = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'cookie') headers[name] = { value };
  }
  return {
    method: request.method,
    uri: request.uri,
    querystring: toMultiValue(pairsOf(request.queryString, '&')),
    headers,
    cookies: toMultiValue(pairsOf(request.headers.cookie ?? '', '; ')),
  };
}

function toResponse(response: EdgeResponse): JsonObject {
  const headers: JsonObject = {};
  const cookies: [string, JsonObject][] = [];
  for (const [name, value] of Object.entries(response.headers)) {
    const values = Array.isArray(value) ? value : [value];
    if (name === 'set-cookie') cookies.push(...values.map(toCookie));
    else headers[name] = entryOf(values.map((text) => ({ value: text })));
  }
  const byName: JsonObject = {};
  for (const name of new Set(cookies.map(([cookie]) => cookie))) {
    byName[name] = entryOf(cookies.filter(([cookie]) => cookie === name).map(([, entry]) => entry));
  }
  return { statusCode: response.status, statusDescription: '', headers, cookies: byName };
}

function toCookie(line: string): [string, JsonObject] {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), { value: pair.slice(equals + 1), attributes: attributes.join('; ') }];
}

function pairsOf(text: string, separator: string): [string, string][] {
  if (text === '') return [];
  return text.split(separator).map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

function toMultiValue(pairs: [string, string][]): JsonObject {
  const byName = new Map<string, JsonObject[]>();
  for (const [name, value] of pairs) byName.set(name, [...(byName.get(name) ?? []), { value }]);
  return Object.fromEntries([...byName].map(([name, entries]) => [name, entryOf(entries)]));
}

function entryOf(entries: JsonObject[]): JsonObject {
  return entries.length === 1 ? { ...entries[0] } : { ...entries[0], multiValue: entries };
}

/** What a viewer-request function returned: the request to go on with, or the response that ends it. Throws when it is neither. */
export function readFunctionRequest(answer: Json, before: ViewerMessage): ViewerMessage | EdgeResponse {
  const returned = objectOf(answer);
  if (returned.statusCode !== undefined) return readFunctionResponse(returned, Buffer.alloc(0));
  const uri = textOf(returned.uri);
  if (!uri?.startsWith('/')) throw new Error('the function returned neither a response nor a request with a uri');
  if (returned.method !== before.method) throw new Error('a function may not change the method');
  const headers: Record<string, string> = {};
  for (const [name, entry] of Object.entries(objectOf(returned.headers))) {
    headers[name.toLowerCase()] = valuesOf(entry).join(',');
  }
  const cookies = joined(objectOf(returned.cookies), '; ');
  if (cookies !== '') headers.cookie = cookies;
  return { method: before.method, uri, queryString: joined(objectOf(returned.querystring), '&'), headers };
}

/** What a function returned as a response; without a body of its own it keeps `body`. */
export function readFunctionResponse(answer: Json, body: Buffer): EdgeResponse {
  const returned = objectOf(answer);
  const status = numberOf(returned.statusCode);
  if (status === undefined || status < 100 || status > 599)
    throw new Error('the function returned a response without statusCode');
  const headers: EdgeResponse['headers'] = {};
  for (const [name, entry] of Object.entries(objectOf(returned.headers))) {
    const values = valuesOf(entry);
    headers[name.toLowerCase()] = values.length === 1 ? (values[0] as string) : values;
  }
  const cookies = Object.entries(objectOf(returned.cookies)).flatMap(([name, entry]) =>
    entriesOf(entry).map(
      ({ value, attributes }) => `${name}=${textOf(value)}${attributes ? `; ${textOf(attributes)}` : ''}`,
    ),
  );
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  return { status, headers, body: readBody(returned.body) ?? body };
}

function readBody(body: Json | undefined): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return Buffer.from(body);
  const { encoding, data } = objectOf(body);
  return Buffer.from(textOf(data) ?? '', encoding === 'base64' ? 'base64' : 'utf8');
}

function joined(entries: JsonObject, separator: string): string {
  return Object.entries(entries)
    .flatMap(([name, entry]) => valuesOf(entry).map((value) => `${name}=${value}`))
    .join(separator);
}

function valuesOf(entry: Json): string[] {
  return entriesOf(entry).map(({ value }) => textOf(value) ?? '');
}

function entriesOf(entry: Json): JsonObject[] {
  const { multiValue } = objectOf(entry);
  return Array.isArray(multiValue) ? multiValue.map(objectOf) : [objectOf(entry)];
}
