/** What a function returned, turned into the HTTP response, by payload format version. */
import type { EdgeResponse, Json, JsonObject } from '../../types.ts';

/** The response, or the reason why the function's answer is malformed. */
export type MappedResponse = EdgeResponse | { malformed: string };

export interface ResponseOptions {
  /** Content type when the function gives none. */
  defaultContentType: string;
  /** Whether `isBase64Encoded` is honoured for this response (REST APIs: by their binary media types). */
  decodeBase64: boolean;
}

/** Format 1.0: `statusCode`, `headers`, `multiValueHeaders`, `body`, `isBase64Encoded`. */
export function mapResponseV1(payload: Json, options: ResponseOptions): MappedResponse {
  if (!isObject(payload)) return { malformed: 'the function returned no object' };
  const status = statusOf(payload.statusCode);
  if (status === undefined) return { malformed: 'statusCode is missing or no HTTP status' };
  const headers: Record<string, string | string[]> = {};
  const problem = copyHeaders(payload.headers, headers) ?? copyMultiValueHeaders(payload.multiValueHeaders, headers);
  if (problem) return { malformed: problem };
  return finish(status, headers, payload, options);
}

/** Format 2.0: as 1.0 with `cookies`; without a `statusCode` the whole answer is the JSON body of a 200. */
export function mapResponseV2(payload: Json): MappedResponse {
  if (!isObject(payload) || payload.statusCode === undefined) {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
  }
  const status = statusOf(payload.statusCode);
  if (status === undefined) return { malformed: 'statusCode is no HTTP status' };
  const headers: Record<string, string | string[]> = {};
  const problem = copyHeaders(payload.headers, headers);
  if (problem) return { malformed: problem };
  if (Array.isArray(payload.cookies)) headers['set-cookie'] = payload.cookies.map(String);
  return finish(status, headers, payload, { defaultContentType: 'text/plain;charset=UTF-8', decodeBase64: true });
}

function finish(
  status: number,
  headers: Record<string, string | string[]>,
  payload: JsonObject,
  options: ResponseOptions,
): MappedResponse {
  const text = payload.body ?? '';
  if (typeof text !== 'string') return { malformed: 'body is no string' };
  const encoded = payload.isBase64Encoded;
  if (encoded !== undefined && typeof encoded !== 'boolean') return { malformed: 'isBase64Encoded is no boolean' };
  if (text !== '') headers['content-type'] ??= options.defaultContentType;
  return { status, headers, body: Buffer.from(text, encoded === true && options.decodeBase64 ? 'base64' : 'utf8') };
}

function statusOf(value: Json | undefined): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

function copyHeaders(source: Json | undefined, target: Record<string, string | string[]>): string | undefined {
  if (source === undefined || source === null) return undefined;
  if (!isObject(source)) return 'headers is no object';
  for (const [name, value] of Object.entries(source)) {
    if (value !== null && typeof value === 'object') return `the header ${name} is no text`;
    if (value !== null) target[name.toLowerCase()] = String(value);
  }
  return undefined;
}

function copyMultiValueHeaders(
  source: Json | undefined,
  target: Record<string, string | string[]>,
): string | undefined {
  if (source === undefined || source === null) return undefined;
  if (!isObject(source)) return 'multiValueHeaders is no object';
  for (const [name, values] of Object.entries(source)) {
    if (!Array.isArray(values)) return `the multi-value header ${name} is no list`;
    const texts = values.map(String);
    target[name.toLowerCase()] = texts.length === 1 ? (texts[0] as string) : texts;
  }
  return undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
