/**
 * Routes of an OpenAPI 3.0 document with API Gateway's extensions, as both `AWS::ApiGatewayV2::Api` and
 * `AWS::ApiGateway::RestApi` import it in `Body`. References (`$ref`) inside the document are followed.
 */
import type { Json, JsonObject } from '../../types.ts';
import { listOf, objectOf, textOf } from '../edge/properties.ts';
import { type LambdaIntegration, readIntegration } from './integration.ts';

export interface OpenApiRoute {
  /** Upper case, or `ANY`. */
  method: string;
  /** As in the document: `/users/{id}`, `/{proxy+}`, `/$default`. */
  path: string;
  operationId: string | undefined;
  integration: LambdaIntegration;
  /** A security requirement names a scheme of type apiKey. */
  apiKeyRequired: boolean;
  /** Name of the request validator that applies to the operation. */
  validator: string | undefined;
  parameters: RouteParameter[];
  /** JSON Schema of the body by content type, references not yet followed. */
  bodySchemas: Record<string, JsonObject>;
  bodyRequired: boolean;
}
export interface RouteParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'];

/** Throws an error that names the operation when one has no integration or one that is not spoken. */
export function readOpenApiRoutes(document: JsonObject): OpenApiRoute[] {
  const version = textOf(document.openapi);
  if (!version?.startsWith('3.0')) throw new Error(`API Gateway imports OpenAPI 3.0; the document says ${version}.`);
  const routes: OpenApiRoute[] = [];
  for (const [path, declared] of Object.entries(objectOf(document.paths))) {
    const item = follow(document, declared);
    for (const name of METHODS) {
      if (item[name] === undefined) continue;
      const method = name.startsWith('x-') ? 'ANY' : name.toUpperCase();
      routes.push(readOperation(document, method, path, item, follow(document, item[name])));
    }
  }
  return routes;
}

function readOperation(
  document: JsonObject,
  method: string,
  path: string,
  item: JsonObject,
  operation: JsonObject,
): OpenApiRoute {
  const where = `${method} ${path}`;
  if (operation['x-amazon-apigateway-integration'] === undefined) {
    throw new Error(`${where} has no x-amazon-apigateway-integration.`);
  }
  const body = follow(document, operation.requestBody);
  return {
    method,
    path,
    operationId: textOf(operation.operationId),
    integration: readIntegration(follow(document, operation['x-amazon-apigateway-integration']), where),
    apiKeyRequired: apiKeyRequired(document, operation, where),
    validator: textOf(
      operation['x-amazon-apigateway-request-validator'] ?? document['x-amazon-apigateway-request-validator'],
    ),
    parameters: readParameters(document, item, operation),
    bodySchemas: Object.fromEntries(
      Object.entries(objectOf(body.content)).map(([type, media]) => [type, objectOf(objectOf(media).schema)]),
    ),
    bodyRequired: body.required === true,
  };
}

function readParameters(document: JsonObject, item: JsonObject, operation: JsonObject): RouteParameter[] {
  return [...listOf(item.parameters), ...listOf(operation.parameters)].flatMap((declared) => {
    const parameter = follow(document, declared);
    const place = textOf(parameter.in);
    if (place !== 'path' && place !== 'query' && place !== 'header') return [];
    return [{ name: textOf(parameter.name) ?? '', in: place, required: parameter.required === true }];
  });
}

function apiKeyRequired(document: JsonObject, operation: JsonObject, where: string): boolean {
  const schemes = objectOf(objectOf(document.components).securitySchemes);
  let required = false;
  for (const requirement of listOf(operation.security ?? document.security)) {
    for (const name of Object.keys(objectOf(requirement))) {
      const scheme = objectOf(schemes[name]);
      if (
        scheme['x-amazon-apigateway-authorizer'] !== undefined ||
        scheme['x-amazon-apigateway-authtype'] !== undefined
      ) {
        throw new Error(`${where}: the authorizer "${name}" is not spoken here.`);
      }
      if (scheme.type === 'apiKey') required = true;
    }
  }
  return required;
}

/** The object itself, or what its `$ref` points at inside the document. */
export function follow(document: JsonObject, value: Json | undefined): JsonObject {
  const object = objectOf(value);
  const reference = textOf(object.$ref);
  if (reference === undefined) return object;
  if (!reference.startsWith('#/')) throw new Error(`Only references inside the document are spoken, not ${reference}.`);
  let target: Json | undefined = document;
  for (const step of reference.slice(2).split('/')) {
    target = objectOf(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  if (target === undefined) throw new Error(`Nothing stands at ${reference}.`);
  return follow(document, target);
}
