/**
 * The two APIs as OpenAPI 3.0 documents that API Gateway imports: routes and integrations, nothing more. Both send payload
 * format 1.0, so that a function sees one shape of request. openapi.json describes the same routes for people.
 */
import { Fn } from 'aws-cdk-lib';
import type { HttpDeclaration } from '../functions/platform/declaration.ts';
import { allowedHeaders, exposedHeaders } from '../functions/platform/http/reply-headers.ts';
import { gatewayResponses } from './gateway-responses.ts';
import { functionName, LIVE } from './names.ts';
import { browserPaths, UNKNOWN_ROUTE } from './routes.ts';

const ANY = 'x-amazon-apigateway-any-method';
const INTEGRATION = 'x-amazon-apigateway-integration';
/** Milliseconds that API Gateway waits at most. */
const INTEGRATION_TIMEOUT = 29_000;

type Operation = Record<string, unknown>;
type Paths = Record<string, Record<string, Operation>>;

function integration(stage: string, id: string): Operation {
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    payloadFormatVersion: '1.0',
    timeoutInMillis: INTEGRATION_TIMEOUT,
    uri: Fn.sub(
      `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${functionName(stage, id)}:${LIVE}/invocations`,
    ),
  };
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

/** One document path for each contract path, its operations under their methods. */
function paths(
  operations: readonly HttpDeclaration[],
  pathsOf: (path: string) => readonly string[],
  extra: (id: string) => Operation,
): Paths {
  const found: Paths = {};
  for (const { id, contract } of operations) {
    for (const [index, path] of pathsOf(contract.path).entries()) {
      const item = found[path] ?? {};
      const method = contract.method.toLowerCase();
      if (item[method]) throw new Error(`${contract.method} ${contract.path} is declared twice (again by ${id}).`);
      item[method] = {
        operationId: index === 0 ? id : `${id}.${index}`,
        ...(path.includes('{') ? { parameters: pathParameters(path) } : {}),
        ...extra(id),
      };
      found[path] = item;
    }
  }
  return found;
}

/** Body of the browser's HTTP API. What no route matches goes to the function that answers 404 or 405. */
export function browserBody(
  stage: string,
  operations: readonly HttpDeclaration[],
  corsOrigins: readonly string[] = [],
): object {
  return {
    openapi: '3.0.3',
    info: { title: `mewayz-${stage}-browser`, version: 'v1' },
    ...(corsOrigins.length > 0 ? { 'x-amazon-apigateway-cors': cors(operations, corsOrigins) } : {}),
    paths: {
      ...paths(operations, browserPaths, (id) => ({ [INTEGRATION]: integration(stage, id) })),
      '/$default': { [ANY]: { isDefaultRoute: true, [INTEGRATION]: integration(stage, UNKNOWN_ROUTE) } },
    },
  };
}

/** Preflights are answered by the gateway. No credentials: scripts of other origins call with a bearer token. */
function cors(operations: readonly HttpDeclaration[], allowOrigins: readonly string[]): object {
  return {
    allowOrigins,
    allowMethods: [...new Set(operations.map(({ contract }) => contract.method))].sort(),
    allowHeaders: allowedHeaders,
    exposeHeaders: exposedHeaders,
    allowCredentials: false,
    maxAge: 600,
  };
}

/** Body of the partners' REST API. Every path also has ANY, so that a wrong method is answered 405 with the right ones. */
export function partnerBody(stage: string, operations: readonly HttpDeclaration[]): object {
  const known = paths(
    operations,
    (path) => [path],
    (id) => ({ security: [{ apiKey: [] }], [INTEGRATION]: integration(stage, id) }),
  );
  const unknown = (path: string) => ({
    ...(path.includes('{') ? { parameters: pathParameters(path) } : {}),
    security: [{ apiKey: [] }],
    [INTEGRATION]: integration(stage, UNKNOWN_ROUTE),
  });
  const every: Paths = {};
  for (const [path, item] of Object.entries({ ...known, '/': known['/'] ?? {}, '/{proxy+}': {} })) {
    every[path] = { ...item, [ANY]: unknown(path) };
  }
  return {
    openapi: '3.0.3',
    info: { title: `mewayz-${stage}-partner`, version: 'v1' },
    'x-amazon-apigateway-api-key-source': 'HEADER',
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
    components: { securitySchemes: { apiKey: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
    paths: every,
  };
}
