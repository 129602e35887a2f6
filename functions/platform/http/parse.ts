/** Parsing: params, query, headers and body against the contract. All problems are told at once. */
import type * as z from 'zod';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { AppError, type FieldProblem } from '../../../shared/errors.ts';
import { definedOf, type Exchange } from './exchange.ts';
import { idempotencyKeyProblem, isIdempotencyKey } from './idempotency.ts';
import type { HttpMiddleware } from './middleware.ts';
import { isArray, membersOf } from './schema-shape.ts';

export function parse(contract: Contract): HttpMiddleware {
  const arrays = new Set<string>();
  const own = membersOf(contract.query) ?? {};
  for (const name in own) if (isArray(own[name] as z.core.$ZodType)) arrays.add(name);
  const selectable = contract.raw ? [] : Object.keys(membersOf(contract.output) ?? {});

  return {
    before({ event: exchange }) {
      const problems: FieldProblem[] = [];
      const { input } = exchange;

      if (contract.params) {
        input.params = check(contract.params, definedOf(exchange.event.pathParameters), 'params', problems) ?? {};
      }

      const query = queryOf(exchange, arrays, problems);
      if (query.fields !== undefined && !('fields' in own) && selectable.length > 0) {
        input.fields = names(query.fields, 'fields', selectable, problems);
        delete query.fields;
      }
      if (query.expand !== undefined && !('expand' in own) && contract.expands) {
        input.expand = new Set(names(query.expand, 'expand', contract.expands, problems));
        delete query.expand;
      }
      if (contract.query) input.query = check(contract.query, query, 'query', problems) ?? {};
      else
        for (const name in query)
          problems.push({ path: `query.${name}`, message: 'is not a parameter of this operation' });

      checkHeaders(exchange, problems);
      readBody(exchange, contract, problems);
      if (problems.length > 0) throw refusal(problems);
    },
  };
}

/** A body can be wrong in tens of thousands of places; nobody reads more than these. */
const MAX_PROBLEMS = 100;
function refusal(problems: readonly FieldProblem[]): AppError {
  const fields = problems.slice(0, MAX_PROBLEMS);
  const total = problems.length;
  return new AppError('VALIDATION_ERROR', { details: total > fields.length ? { fields, total } : { fields } });
}

/** Repeated parameters become arrays where the schema takes arrays, and are a problem elsewhere. */
function queryOf(
  { event }: Exchange,
  arrays: ReadonlySet<string>,
  problems: FieldProblem[],
): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const many = event.multiValueQueryStringParameters;
  for (const name in many) {
    const values = many[name] ?? [];
    if (name === '__proto__')
      problems.push({ path: 'query.__proto__', message: 'is not a parameter of this operation' });
    else if (arrays.has(name)) query[name] = values;
    else if (values.length > 1) problems.push({ path: `query.${name}`, message: 'is given more than once' });
    else query[name] = values[0] ?? '';
  }
  return query;
}

function names(
  value: string | string[],
  parameter: string,
  possible: readonly string[],
  problems: FieldProblem[],
): string[] {
  const wanted = [
    ...new Set(
      String(value)
        .split(',')
        .map((name) => name.trim()),
    ),
  ].filter(Boolean);
  const unknown = wanted.filter((name) => !possible.includes(name));
  if (unknown.length > 0 || wanted.length === 0) {
    const what =
      unknown.length > 0 ? `${unknown.map((name) => name.slice(0, 60)).join(', ')}: unknown` : 'names nothing';
    problems.push({ path: `query.${parameter}`, message: `${what}; possible are ${possible.join(', ')}` });
  }
  return wanted;
}

const entityTags = /^\s*(\*|(W\/)?"[\x21\x23-\x7e]*"(\s*,\s*(W\/)?"[\x21\x23-\x7e]*")*)\s*$/;

function checkHeaders(exchange: Exchange, problems: FieldProblem[]): void {
  for (const [header, label] of [
    ['if-match', 'If-Match'],
    ['if-none-match', 'If-None-Match'],
  ] as const) {
    const value = exchange.headers[header];
    if (value !== undefined && !entityTags.test(value)) {
      problems.push({ path: `headers.${label}`, message: 'must be * or entity tags such as "7.json"' });
    }
  }
  if (exchange.contract.method === 'POST' && !isIdempotencyKey(exchange.headers['idempotency-key'])) {
    problems.push(idempotencyKeyProblem);
  }
}

function readBody(exchange: Exchange, contract: Contract, problems: FieldProblem[]): void {
  if (!contract.body) {
    // A body with GET means nothing (RFC 9110, 9.3.1).
    if (contract.method !== 'GET' && !/^\s*(\{\s*\})?\s*$/.test(exchange.bodyText)) {
      problems.push({ path: 'body', message: 'this operation takes no body' });
    }
    return;
  }
  exchange.input.body = check(contract.body, exchange.json(), 'body', problems);
}

function check(
  schema: z.ZodObject,
  value: unknown,
  part: string,
  problems: FieldProblem[],
): Record<string, unknown> | undefined {
  const result = schema.safeParse(value, { reportInput: false });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        problems.push({ path: jsonPath(part, [...issue.path, key]), message: unknownMessage(part) });
    } else problems.push({ path: jsonPath(part, issue.path), message: sentence(issue.message) });
  }
  return undefined;
}
function unknownMessage(part: string): string {
  return part === 'query' ? 'is not a parameter of this operation' : 'is not a field of this request';
}
/** zod's own messages begin with a capital letter, ours go on from the field's name. */
function sentence(message: string): string {
  return message.length > 300 ? `${message.slice(0, 300)}…` : message;
}

/** `body`, `lines`, 0, `quantity` → `body.lines[0].quantity`; names that are no identifiers are quoted. */
export function jsonPath(part: string, path: readonly PropertyKey[]): string {
  let text = part;
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(step))) text += `.${String(step)}`;
    else text += `[${JSON.stringify(String(step).slice(0, 100))}]`;
  }
  return text;
}
