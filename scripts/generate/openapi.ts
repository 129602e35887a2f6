/**
 * OpenAPI from the contracts: 3.1 for people and tools, 3.0.3 with integrations for what imports only that (API Gateway). Every
 * operation has its input, its envelope, and every error that a client can meet.
 */
import * as z from 'zod';
import { LIVE } from '../../infra/names.ts';
import { type Contract, errorsOf, idempotencyOf } from '../../shared/contracts/contract.ts';
import { paginationSchema } from '../../shared/contracts/list.ts';
import { type ErrorCode, errorTable } from '../../shared/errors.ts';

type Json = Record<string, unknown>;
export type Dialect = '3.1.1' | '3.0.3';

export interface DocumentSource {
  readonly contracts: readonly Contract[];
  /** Schemas of resources by the name under which they are described once. */
  readonly resources: ReadonlyMap<z.ZodType, string>;
}

const MOMENT = '2026-11-21T09:30:00.000Z';
const REQUEST_ID = 'req_01JD3Z5QW8X7V6T5S4R3Q2P1N0';

const areaDescriptions: Readonly<Record<string, string>> = {
  auth: 'Registration, sign-in and sessions',
  users: 'People and their accounts',
  products: 'What is sold',
  orders: 'What was bought, and what happens to it',
  analytics: 'The numbers',
  system: 'The API about itself',
};

/** The whole document. `stage` adds API Gateway integrations for that stage. */
export function openApiDocument(source: DocumentSource, dialect: Dialect, stage?: string): Json {
  const writer = new Writer(source, dialect);
  const contracts = [...source.contracts].sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    paths[contract.path] ??= {};
    const operation = writer.operation(contract);
    if (stage) operation['x-amazon-apigateway-integration'] = integration(stage, contract.id);
    (paths[contract.path] as Json)[contract.method.toLowerCase()] = operation;
  }
  const areas = [...new Set(contracts.map(areaOf))].sort();
  return {
    openapi: dialect,
    info: {
      title: 'Mewayz',
      version: '1.0.0',
      summary: dialect === '3.1.1' ? 'Sell products, serve customers, process orders, watch the numbers' : undefined,
      description:
        'Two faces with the same operations: browsers use `/api/v1` with a session, programs use `/v1` of the partner API with an ' +
        'API key (operations marked `x-partner`). Every reply stands in one envelope, every failure has a code of the catalogue.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/api/v1', description: 'The API of the origin that serves this document' }],
    tags: areas.map((name) => ({ name, description: areaDescriptions[name] ?? name })),
    paths,
    components: writer.components(),
  };
}

function areaOf(contract: Contract): string {
  return contract.id.slice(0, contract.id.indexOf('.'));
}

function integration(stage: string, id: string): Json {
  const name = `mewayz-${stage}-${id.replaceAll('.', '-')}`;
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    payloadFormatVersion: '1.0',
    uri: `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}:${LIVE}/invocations`,
  };
}

class Writer {
  readonly #source: DocumentSource;
  readonly #dialect: Dialect;
  readonly #schemas = new Map<string, Json>();
  readonly #examples = new Map<ErrorCode, Json>();

  constructor(source: DocumentSource, dialect: Dialect) {
    this.#source = source;
    this.#dialect = dialect;
    this.#schemas.set('Failure', failureSchema);
    this.#schemas.set('Problem', problemSchema);
  }

  components(): Json {
    const sorted = <T>(map: ReadonlyMap<string, T>) =>
      Object.fromEntries([...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      securitySchemes: {
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-mewayz-access',
          description: 'The session of a browser; requests that change something must come from the same origin',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token; it lives 15 minutes',
        },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'A key of the partner API' },
      },
      headers: {
        RequestId: { description: 'Names this request in logs; sent back when given', schema: { type: 'string' } },
        ETag: { description: 'Version of the resource, for If-Match and If-None-Match', schema: { type: 'string' } },
        Location: { description: 'Where what was made stands', schema: { type: 'string' } },
        RetryAfter: { description: 'Seconds to wait', schema: { type: 'integer' } },
      },
      parameters: {
        ApiVersion: header('API-Version', 'Date of a refinement; the newest when left out'),
        IdempotencyKey: header('Idempotency-Key', 'Names the request, so that repeating it does nothing twice', 255),
        IfMatch: header('If-Match', 'ETag that the resource must still have'),
        IfNoneMatch: header('If-None-Match', 'ETag that the client has already'),
      },
      examples: sorted(this.#examples),
      schemas: sorted(this.#schemas),
    };
  }

  operation(contract: Contract): Json {
    const area = areaOf(contract);
    const security = contract.permission
      ? [{ cookie: [] }, { bearer: [] }, ...(contract.partner ? [{ apiKey: [] }] : [])]
      : [];
    const guard = contract.permission
      ? `Needs the permission \`${contract.permission}\`.`
      : `Public: ${contract.public?.replace(/\.?$/, '.')}`;
    return {
      operationId: contract.id,
      tags: [area],
      summary: contract.summary,
      description: [contract.description, guard].filter(Boolean).join('\n\n'),
      ...('deprecated' in contract && contract.deprecated ? { deprecated: true } : {}),
      ...(contract.partner ? { 'x-partner': true } : {}),
      security,
      parameters: this.#parameters(contract),
      ...(contract.body ? { requestBody: this.#requestBody(contract) } : {}),
      responses: { ...this.#success(contract), ...this.#failures(contract) },
    };
  }

  #parameters(contract: Contract): Json[] {
    const parameters: Json[] = [
      ...this.#parametersIn('path', contract.params, contract.example.params),
      ...this.#parametersIn('query', contract.query, contract.example.query),
    ];
    const query = (name: string, description: string) =>
      parameters.push({ name, in: 'query', required: false, description, schema: { type: 'string' } });
    if (contract.output && contract.success !== 204)
      query('fields', 'Names of the members of `data` to answer with, by comma');
    if (contract.expands?.length) query('expand', `What to embed, by comma: ${contract.expands.join(', ')}`);
    const shared = (name: string) => parameters.push({ $ref: `#/components/parameters/${name}` });
    shared('ApiVersion');
    if (idempotencyOf(contract) !== 'none') shared('IdempotencyKey');
    if (contract.errors.includes('PRECONDITION_FAILED')) shared('IfMatch');
    if (isSingleRead(contract)) shared('IfNoneMatch');
    return parameters;
  }

  #parametersIn(
    place: 'path' | 'query',
    schema: z.ZodObject | undefined,
    example: Record<string, string> = {},
  ): Json[] {
    if (!schema) return [];
    const { properties = {}, required = [] } = this.#schema(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => {
      const { description, example: _, examples: __, ...rest } = property;
      return {
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description ? { description } : {}),
        schema: rest,
        ...(example[name] !== undefined ? { example: example[name] } : {}),
      };
    });
  }

  #requestBody(contract: Contract): Json {
    const schema = this.#schema(contract.body as z.ZodType, 'input');
    const required = Array.isArray(schema.required) && schema.required.length > 0;
    return {
      required,
      content: {
        'application/json': { schema, ...(contract.example.body ? { example: contract.example.body } : {}) },
      },
    };
  }

  #success(contract: Contract): Json {
    const headers: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
    if (contract.success === 201) headers.Location = { $ref: '#/components/headers/Location' };
    if (isSingleRead(contract)) headers.ETag = { $ref: '#/components/headers/ETag' };
    const description = contract.summary;
    const status = String(contract.success);
    const unchanged = isSingleRead(contract) ? { '304': { description: 'Not changed since If-None-Match' } } : {};
    if (contract.raw) {
      const type = (contract.raw.split(';')[0] as string).trim();
      const schema = type.includes('json') ? { type: 'object' } : { type: 'string' };
      return { [status]: { description, headers, content: { [type]: { schema } } } };
    }
    if (contract.success === 204) return { [status]: { description, headers } };
    const schema = this.#envelope(contract);
    const content: Json = {
      'application/json': { schema, ...this.#envelopeExample(contract) },
      'application/xml': { schema: { type: 'string' } },
    };
    if (contract.list) content['text/csv'] = { schema: { type: 'string' } };
    return { [status]: { description, headers, content }, ...unchanged };
  }

  #envelope(contract: Contract): Json {
    const data = contract.output ? this.#resource(contract.output) : undefined;
    const properties: Json = {
      success: { type: 'boolean', enum: [true] },
      ...(data ? { data: contract.list ? { type: 'array', items: data } : data } : {}),
      message: { type: 'string' },
      timestamp: { type: 'string', format: 'date-time' },
      requestId: { type: 'string' },
    };
    const required = ['success', ...(data ? ['data'] : []), 'timestamp', 'requestId'];
    if (contract.list) {
      properties.pagination = this.#named('Pagination', () => this.#schema(paginationSchema, 'output'));
      properties._links = this.#named('ListLinks', () => listLinksSchema);
      required.push('pagination', '_links');
    }
    return { type: 'object', required, properties };
  }

  #envelopeExample(contract: Contract): Json {
    const { output } = contract.example;
    if (output === undefined) return {};
    const tail = { timestamp: MOMENT, requestId: REQUEST_ID };
    if (!contract.list) return { example: { success: true, data: output, ...tail } };
    const pagination = {
      currentPage: 1,
      itemsPerPage: 10,
      totalItems: 1,
      totalIsExact: true,
      totalPages: 1,
      hasNextPage: false,
      hasPrevPage: false,
    };
    const self = { href: `/api/v1${contract.path}?page=1&limit=10`, method: 'GET' };
    return {
      example: { success: true, data: [output], pagination, _links: { self, first: self, last: self }, ...tail },
    };
  }

  #failures(contract: Contract): Json {
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of errorsOf(contract)) {
      const { status } = errorTable[code];
      byStatus.set(status, [...(byStatus.get(status) ?? []), code].sort());
    }
    return Object.fromEntries(
      [...byStatus.entries()]
        .sort(([a], [b]) => a - b)
        .map(([status, codes]) => [
          String(status),
          {
            description: codes.map((code) => errorTable[code].title).join(', or '),
            headers: {
              'X-Request-Id': { $ref: '#/components/headers/RequestId' },
              ...(codes.includes('RATE_LIMITED') || codes.includes('SERVICE_UNAVAILABLE')
                ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
                : {}),
            },
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Failure' },
                examples: Object.fromEntries(codes.map((code) => [code, { $ref: this.#example(code) }])),
              },
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
              'application/xml': { schema: { type: 'string' } },
            },
          },
        ]),
    );
  }

  #example(code: ErrorCode): string {
    const { title, message } = errorTable[code];
    this.#examples.set(code, {
      summary: title,
      value: {
        success: false,
        error: { code, message, docs: `/api/v1/errors/${code}` },
        timestamp: MOMENT,
        requestId: REQUEST_ID,
      },
    });
    return `#/components/examples/${code}`;
  }

  /** A named schema once, by reference; any other where it stands. */
  #resource(schema: z.ZodType): Json {
    const name = this.#source.resources.get(schema);
    if (!name) return this.#schema(schema, 'input');
    return this.#named(name, () => this.#schema(schema, 'input'));
  }

  #named(name: string, describe: () => Json): Json {
    if (!this.#schemas.has(name)) this.#schemas.set(name, describe());
    return { $ref: `#/components/schemas/${name}` };
  }

  #schema(schema: z.ZodType, io: 'input' | 'output'): Json {
    const target = this.#dialect === '3.1.1' ? 'draft-2020-12' : 'openapi-3.0';
    const { $schema: _, ...json } = z.toJSONSchema(schema, { target, io, unrepresentable: 'any' });
    return json;
  }
}

/** A read of one thing, which has a version. */
function isSingleRead(contract: Contract): boolean {
  return contract.method === 'GET' && contract.params !== undefined && !contract.list && !contract.raw;
}

function header(name: string, description: string, maxLength?: number): Json {
  return {
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', ...(maxLength ? { maxLength } : {}) },
  };
}

const listLinksSchema = {
  type: 'object',
  description: 'The pages around this one, by relation',
  additionalProperties: {
    type: 'object',
    required: ['href', 'method'],
    properties: { href: { type: 'string' }, method: { type: 'string' } },
  },
};
const codes = Object.keys(errorTable);
const failureSchema = {
  type: 'object',
  description: 'Every failure',
  required: ['success', 'error', 'timestamp', 'requestId'],
  properties: {
    success: { type: 'boolean', enum: [false] },
    error: {
      type: 'object',
      required: ['code', 'message', 'docs'],
      properties: {
        code: { type: 'string', enum: codes },
        message: { type: 'string', description: 'For people' },
        details: {
          type: 'object',
          description: 'For programs; the catalogue says what it holds',
          additionalProperties: true,
        },
        docs: { type: 'string', description: 'Where the code is explained' },
      },
    },
    timestamp: { type: 'string' },
    requestId: { type: 'string' },
  },
};
const problemSchema = {
  type: 'object',
  description: 'Every failure, for those who accept application/problem+json (RFC 9457)',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: codes },
  },
  additionalProperties: true,
};
