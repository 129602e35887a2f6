/** The innermost concern: the handler's answer, or what was thrown on the way, becomes a reply in the form that was asked for. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type * as z from 'zod';
import type { Contract } from '../../../shared/contracts/contract.ts';
import type { PageReply, RawReply, Reply, SetCookie } from './context.ts';
import { entityTag, isUnchanged } from './entity-tag.ts';
import type { Exchange, Outcome } from './exchange.ts';
import { failureEnvelope, failureOf, problemDocument } from './failure.ts';
import { Replay } from './idempotency.ts';
import { listLinks } from './list-links.ts';
import type { HttpMiddleware } from './middleware.ts';
import { mediaTypes, negotiateFailure } from './negotiation.ts';
import type { HttpSettings } from './settings.ts';

type Data = Record<string, unknown>;
const isKind = <K extends string>(answer: unknown, kind: K): answer is { kind: K } =>
  typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === kind;

export function serialize(contract: Contract, settings: HttpSettings, log: Logger): HttpMiddleware {
  // Checking each reply costs time that production spends better; there the tests have done it.
  const checksOutput = settings.stage === 'dev' || settings.stage === 'test';
  return {
    async after(request) {
      request.event.lap('run');
      request.response = await outcomeOf(request.event, contract, request.response, checksOutput);
      request.event.lap('serialize');
    },
    async onError(request) {
      const exchange = request.event;
      const thrown: unknown = request.error;
      if (thrown instanceof Replay) {
        request.response = thrown.outcome;
        return;
      }
      const { error, unexpected } = failureOf(thrown);
      if (unexpected)
        log.error('failed', { code: error.code, error: thrown instanceof Error ? thrown : String(thrown) });
      exchange.errorCode = error.code;
      const docs = `${settings.publicUrl}/api/v1/errors/${error.code}`;
      const timestamp = new Date().toISOString();
      const form = negotiateFailure(exchange.headers.accept);
      const envelope = form === 'problem' ? undefined : failureEnvelope(error, docs, timestamp, exchange.requestId);
      request.response = {
        status: error.status,
        headers: {
          ...error.headers,
          'content-type':
            form === 'problem'
              ? 'application/problem+json'
              : `${mediaTypes[form === 'xml' ? 'xml' : 'json']}; charset=utf-8`,
        },
        cookies: [],
        body:
          form === 'xml'
            ? (await import('./xml.ts')).toXml('response', envelope as object)
            : JSON.stringify(envelope ?? problemDocument(error, docs, timestamp, exchange.requestId)),
        secret: false,
      } satisfies Outcome;
    },
  };
}

async function outcomeOf(
  exchange: Exchange,
  contract: Contract,
  answer: unknown,
  checksOutput: boolean,
): Promise<Outcome> {
  if (contract.raw) return rawOutcome(answer as RawReply);
  if (contract.list) return listOutcome(exchange, contract, answer as PageReply<Data>, checksOutput);
  const replied: Reply<unknown> = isKind(answer, 'reply')
    ? (answer as Reply<unknown>)
    : { kind: 'reply', data: answer };
  const status = replied.status ?? contract.success;
  const outcome: Outcome = {
    status,
    headers: { ...replied.headers },
    cookies: (replied.cookies ?? []).map(cookieText),
    body: '',
    secret: replied.secret === true,
  };
  if (replied.location !== undefined) outcome.headers.location = exchange.base + replied.location;
  const data = selected(replied.data, exchange.input.fields);
  if (replied.version !== undefined) {
    const etag = entityTag(replied.version, data, exchange.representation);
    outcome.headers.etag = etag;
    if (contract.method === 'GET') {
      outcome.headers['cache-control'] ??= 'private, no-cache';
      if (isUnchanged(exchange.headers['if-none-match'], etag)) return { ...outcome, status: 304 };
    }
  }
  if (status === 204) return outcome;
  if (checksOutput) checkOutput(contract, replied.data);
  const envelope: Data = { success: true, data };
  if (replied.message !== undefined) envelope.message = replied.message;
  return written(exchange, outcome, envelope);
}

async function listOutcome(
  exchange: Exchange,
  contract: Contract,
  { items, pagination }: PageReply<Data>,
  checksOutput: boolean,
): Promise<Outcome> {
  if (checksOutput) for (const item of items) checkOutput(contract, item);
  const { fields } = exchange.input;
  const outcome: Outcome = { status: contract.success, headers: {}, cookies: [], body: '', secret: false };
  const _links = listLinks(exchange, pagination);
  if (exchange.representation === 'csv') {
    const { columnsOf, toCsv } = await import('./csv.ts');
    outcome.headers['content-type'] = 'text/csv; charset=utf-8; header=present';
    // A table has no place for them in its body (RFC 8288).
    outcome.headers.link = Object.entries(_links)
      .map(([relation, { href }]) => `<${href}>; rel="${relation}"`)
      .join(', ');
    outcome.body = toCsv(columnsOf(contract.output, fields), items);
    return outcome;
  }
  const data = fields ? items.map((item) => selected(item, fields)) : items;
  return written(exchange, outcome, { success: true, data, pagination, _links });
}

async function written(exchange: Exchange, outcome: Outcome, envelope: Data): Promise<Outcome> {
  envelope.timestamp = new Date().toISOString();
  envelope.requestId = exchange.requestId;
  const { representation } = exchange;
  outcome.headers['content-type'] = `${mediaTypes[representation]}; charset=utf-8`;
  outcome.body =
    representation === 'xml' ? (await import('./xml.ts')).toXml('response', envelope) : JSON.stringify(envelope);
  return outcome;
}

function rawOutcome({ body, contentType, status, headers }: RawReply): Outcome {
  return {
    status: status ?? 200,
    headers: { 'content-type': contentType, ...headers },
    cookies: [],
    body,
    secret: false,
  };
}

function selected(data: unknown, fields: readonly string[] | undefined): unknown {
  if (!fields || typeof data !== 'object' || data === null) return data;
  const part: Data = {};
  for (const name of fields) if (name in data) part[name] = (data as Data)[name];
  return part;
}

function checkOutput(contract: Contract, data: unknown): void {
  const result = (contract.output as z.ZodType | undefined)?.safeParse(data);
  if (result && !result.success) {
    throw new Error(`${contract.id} answers what its contract does not promise: ${result.error.message}`);
  }
}

/** Every cookie of ours is out of reach for scripts, for plain connections and for other sites. */
function cookieText({ name, value, maxAge, path }: SetCookie): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Strict`;
}
