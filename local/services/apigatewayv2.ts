/**
 * API Gateway HTTP APIs (AWS::ApiGatewayV2): Api (protocol HTTP; routes from an OpenAPI 3.0 `Body` or from Route and
 * Integration), Stage, Integration, Route, Deployment. An API answers through `cloud.callApi(id, request)`: CloudFront's
 * origins come in there by the domain `<id>.execute-api.<region>.amazonaws.com`.
 *
 * Where it differs from AWS:
 * - no control plane at the endpoint: the APIs are those of the templates;
 * - integrations are Lambda proxies only; no authorizers, no VPC links, no request parameter mapping;
 * - a stage serves the newest definition at once, as with AutoDeploy, whether or not it is set;
 * - the account's own throttle (10,000 requests a second) does not exist; those of stages and routes do;
 * - `x-forwarded-proto` is always https, as it is in AWS, although no TLS runs here;
 * - WebSocket APIs are refused at start.
 */
import {
  AwsError,
  type Cloud,
  type CreatedResource,
  type Json,
  type JsonObject,
  type ResourceDeclaration,
  type Service,
} from '../types.ts';
import { type LambdaIntegration, lambdaIntegration } from './apigateway/integration.ts';
import { readBody } from './apigateway/openapi-body.ts';
import { readOpenApiRoutes } from './apigateway/openapi-routes.ts';
import { createHttpApi } from './apigatewayv2/http-api.ts';
import { type HttpApiDefinition, type HttpApiRoute, readCors, readStage } from './apigatewayv2/http-api-definition.ts';
import { type ApiHandler, apisOf } from './edge/api-registry.ts';
import { nameOf, numberOf, requiredText, textOf, warnOfUnknown } from './edge/properties.ts';
import { createRequestLog } from './edge/request-log.ts';
import { stableId } from './edge/stable-id.ts';

export function createApiGatewayV2(cloud: Cloud): Service {
  const apis = apisOf(cloud);
  const log = createRequestLog(cloud, 'http-api');
  const definitions = new Map<string, HttpApiDefinition>();
  const integrations = new Map<string, LambdaIntegration>();
  /** Compiled at the first request after a change, so that all routes of the template are there. */
  const compiled = new Map<string, ApiHandler>();

  function definitionOf(resource: ResourceDeclaration): HttpApiDefinition {
    const id = requiredText(resource, 'ApiId');
    const definition = definitions.get(id);
    if (!definition) throw new Error(`${nameOf(resource)} belongs to the unknown API ${id}.`);
    compiled.delete(id);
    return definition;
  }

  function createApi(resource: ResourceDeclaration): CreatedResource | Promise<CreatedResource> {
    warnOfUnknown(cloud, resource, [
      'Body',
      'BodyS3Location',
      'CorsConfiguration',
      'Description',
      'DisableExecuteApiEndpoint',
      'FailOnWarnings',
      'IpAddressType',
      'Name',
      'ProtocolType',
      'Tags',
    ]);
    const { properties } = resource;
    const protocol = textOf(properties.ProtocolType) ?? 'HTTP';
    if (protocol !== 'HTTP')
      throw new Error(`${nameOf(resource)}: APIs of the protocol ${protocol} are not spoken here yet.`);
    const body = readBody(cloud, properties, nameOf(resource));
    const id = stableId(resource);
    const definition: HttpApiDefinition = {
      id,
      name: textOf(properties.Name) ?? textOf((body?.info as JsonObject | undefined)?.title) ?? resource.logicalId,
      cors: readCors(properties.CorsConfiguration ?? body?.['x-amazon-apigateway-cors']),
      routes: body ? routesOfBody(body, resource) : [],
      stages: new Map(),
    };
    definitions.set(id, definition);
    compiled.delete(id);
    apis.set(id, (request) => {
      const handler = compiled.get(id) ?? createHttpApi(cloud, definition, log);
      compiled.set(id, handler);
      return handler(request);
    });
    const endpoint = `https://${id}.execute-api.${cloud.region}.amazonaws.com`;
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: endpoint } };
  }

  function createStage(resource: ResourceDeclaration): CreatedResource {
    warnOfUnknown(cloud, resource, [
      'AccessLogSettings',
      'ApiId',
      'AutoDeploy',
      'DefaultRouteSettings',
      'DeploymentId',
      'Description',
      'RouteSettings',
      'StageName',
      'StageVariables',
      'Tags',
    ]);
    const stage = readStage(resource.properties);
    definitionOf(resource).stages.set(stage.name, stage);
    return { ref: stage.name };
  }

  function createIntegration(resource: ResourceDeclaration): CreatedResource {
    const { properties } = resource;
    const type = textOf(properties.IntegrationType);
    if (type !== 'AWS_PROXY' || properties.IntegrationSubtype !== undefined) {
      throw new Error(`${nameOf(resource)}: only Lambda integrations (AWS_PROXY) are spoken here, not ${type}.`);
    }
    const id = stableId(resource, 7);
    const uri = textOf(properties.IntegrationUri);
    const version = textOf(properties.PayloadFormatVersion);
    const timeoutMs = numberOf(properties.TimeoutInMillis);
    definitionOf(resource);
    integrations.set(id, lambdaIntegration(uri, version, timeoutMs, nameOf(resource)));
    return { ref: id, attributes: { IntegrationId: id } };
  }

  function createRoute(resource: ResourceDeclaration): CreatedResource {
    const { properties } = resource;
    const authorization = textOf(properties.AuthorizationType) ?? 'NONE';
    if (authorization !== 'NONE')
      throw new Error(`${nameOf(resource)}: authorization ${authorization} is not spoken here.`);
    const target = textOf(properties.Target)?.replace(/^integrations\//, '') ?? '';
    const integration = integrations.get(target);
    if (!integration) throw new Error(`${nameOf(resource)}: there is no integration ${target}.`);
    const { routes } = definitionOf(resource);
    const routeKey = requiredText(resource, 'RouteKey');
    const existing = routes.findIndex((route) => route.routeKey === routeKey);
    routes.splice(existing < 0 ? routes.length : existing, 1, { routeKey, integration });
    const id = stableId(resource, 7);
    return { ref: id, attributes: { RouteId: id } };
  }

  function createDeployment(resource: ResourceDeclaration): CreatedResource {
    definitionOf(resource);
    const id = stableId(resource, 6);
    return { ref: id, attributes: { DeploymentId: id } };
  }

  const unspoken = (): never => {
    throw new AwsError('UnknownOperationException', 'The control plane of HTTP APIs is not spoken here.', 404);
  };
  return {
    names: ['apigatewayv2'],
    resources: {
      'AWS::ApiGatewayV2::Api': createApi,
      'AWS::ApiGatewayV2::Stage': createStage,
      'AWS::ApiGatewayV2::Integration': createIntegration,
      'AWS::ApiGatewayV2::Route': createRoute,
      'AWS::ApiGatewayV2::Deployment': createDeployment,
    },
    rights: unspoken,
    handle: async () => unspoken(),
    inspect: async (path) => inspect(path, [...definitions.values()], log.recent()),
  };
}

function routesOfBody(body: JsonObject, resource: ResourceDeclaration): HttpApiRoute[] {
  return readOpenApiRoutes(body).map((route) => {
    if (route.apiKeyRequired)
      throw new Error(`${nameOf(resource)}: HTTP APIs have no API keys (${route.method} ${route.path}).`);
    const routeKey = route.path === '/$default' ? '$default' : `${route.method} ${route.path}`;
    return { routeKey, integration: route.integration };
  });
}

function inspect(path: string, definitions: HttpApiDefinition[], requests: Json): Json | undefined {
  if (path !== '' && path !== '/') return undefined;
  const apis = definitions.map((definition) => ({
    id: definition.id,
    name: definition.name,
    stages: [...definition.stages.keys()],
    routes: definition.routes.map(({ routeKey, integration }) => ({ routeKey, function: integration.functionArn })),
  }));
  return { apis, requests };
}
