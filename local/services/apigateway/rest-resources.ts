/** REST APIs as templates declare them: from an OpenAPI `Body`, or as a tree of Resource and Method. */
import type { Cloud, CreatedResource, JsonObject, ResourceDeclaration } from '../../types.ts';
import {
  flagOf,
  nameOf,
  numberOf,
  objectOf,
  requiredText,
  textOf,
  textsOf,
  warnOfUnknown,
} from '../edge/properties.ts';
import { stableId } from '../edge/stable-id.ts';
import { compileBodySchema } from './body-schema.ts';
import { lambdaIntegration } from './integration.ts';
import { readBody } from './openapi-body.ts';
import { readOpenApiRoutes } from './openapi-routes.ts';
import {
  type RequiredParameter,
  type RestApiDefinition,
  type RestMethod,
  readGatewayResponse,
  readGatewayResponsesOfDocument,
  readRestStage,
  readValidator,
} from './rest-api-definition.ts';

type Provider = (resource: ResourceDeclaration) => CreatedResource;

export interface RestResources {
  definitions: ReadonlyMap<string, RestApiDefinition>;
  providers: Readonly<Record<string, Provider>>;
}

/** `changed` is called with the id of each API whose definition changed. */
export function createRestResources(cloud: Cloud, changed: (apiId: string) => void): RestResources {
  const definitions = new Map<string, RestApiDefinition>();
  /** Paths of Resource and root resources by id. */
  const paths = new Map<string, string>();
  /** Request validators that check parameters. */
  const validators = new Set<string>();

  function definitionOf(resource: ResourceDeclaration): RestApiDefinition {
    const id = requiredText(resource, 'RestApiId');
    const definition = definitions.get(id);
    if (!definition) throw new Error(`${nameOf(resource)} belongs to the unknown API ${id}.`);
    changed(id);
    return definition;
  }

  function createRestApi(resource: ResourceDeclaration): CreatedResource {
    warnOfUnknown(cloud, resource, [
      'ApiKeySourceType',
      'BinaryMediaTypes',
      'Body',
      'BodyS3Location',
      'Description',
      'EndpointConfiguration',
      'FailOnWarnings',
      'Mode',
      'Name',
      'Parameters',
      'Tags',
    ]);
    const { properties } = resource;
    const body = readBody(cloud, properties, nameOf(resource));
    const keySource = textOf(properties.ApiKeySourceType ?? body?.['x-amazon-apigateway-api-key-source']) ?? 'HEADER';
    if (keySource !== 'HEADER') throw new Error(`${nameOf(resource)}: API keys from ${keySource} are not spoken here.`);
    const id = stableId(resource);
    const rootId = stableId({ ...resource, logicalId: `${resource.logicalId}/` });
    paths.set(rootId, '/');
    definitions.set(id, {
      id,
      name: textOf(properties.Name) ?? textOf(objectOf(body?.info).title) ?? resource.logicalId,
      binaryMediaTypes: textsOf(properties.BinaryMediaTypes ?? body?.['x-amazon-apigateway-binary-media-types']),
      methods: body ? methodsOfBody(body, resource) : [],
      stages: new Map(),
      gatewayResponses: body ? readGatewayResponsesOfDocument(body) : new Map(),
    });
    changed(id);
    return { ref: id, attributes: { RestApiId: id, RootResourceId: rootId } };
  }

  function createResource(resource: ResourceDeclaration): CreatedResource {
    definitionOf(resource);
    const parentId = requiredText(resource, 'ParentId');
    const parent = paths.get(parentId);
    if (parent === undefined) throw new Error(`${nameOf(resource)}: there is no resource ${parentId}.`);
    const id = stableId(resource, 6);
    paths.set(id, `${parent === '/' ? '' : parent}/${requiredText(resource, 'PathPart')}`);
    return { ref: id, attributes: { ResourceId: id } };
  }

  function createMethod(resource: ResourceDeclaration): CreatedResource {
    const { properties } = resource;
    const where = nameOf(resource);
    const authorization = textOf(properties.AuthorizationType) ?? 'NONE';
    if (authorization !== 'NONE') throw new Error(`${where}: authorization ${authorization} is not spoken here.`);
    const resourceId = requiredText(resource, 'ResourceId');
    const path = paths.get(resourceId);
    if (path === undefined) throw new Error(`${where}: there is no resource ${resourceId}.`);
    const integration = objectOf(properties.Integration);
    const type = textOf(integration.Type);
    if (type !== 'AWS_PROXY')
      throw new Error(`${where}: integrations of type ${type} are not spoken here, only AWS_PROXY.`);
    const { methods } = definitionOf(resource);
    const method: RestMethod = {
      method: requiredText(resource, 'HttpMethod').toUpperCase(),
      path,
      resourceId,
      operationName: textOf(properties.OperationName),
      integration: lambdaIntegration(textOf(integration.Uri), '1.0', numberOf(integration.TimeoutInMillis), where),
      apiKeyRequired: flagOf(properties.ApiKeyRequired),
      requiredParameters: validators.has(textOf(properties.RequestValidatorId) ?? '')
        ? requiredParametersOf(objectOf(properties.RequestParameters))
        : [],
      bodyChecks: new Map(),
      bodyRequired: false,
    };
    if (Object.keys(objectOf(properties.RequestModels)).length > 0) {
      throw new Error(`${where}: request models are not spoken here; declare the body in an OpenAPI document.`);
    }
    const existing = methods.findIndex((other) => other.method === method.method && other.path === path);
    methods.splice(existing < 0 ? methods.length : existing, 1, method);
    return { ref: stableId(resource, 7) };
  }

  function createRequestValidator(resource: ResourceDeclaration): CreatedResource {
    const id = stableId(resource, 6);
    if (flagOf(resource.properties.ValidateRequestParameters)) validators.add(id);
    return { ref: id, attributes: { RequestValidatorId: id } };
  }

  function createDeployment(resource: ResourceDeclaration): CreatedResource {
    const id = stableId(resource, 6);
    const definition = definitionOf(resource);
    const stageName = textOf(resource.properties.StageName);
    if (stageName !== undefined) {
      const declared = objectOf(resource.properties.StageDescription);
      definition.stages.set(stageName, readRestStage({ ...declared, StageName: stageName, DeploymentId: id }));
    }
    return { ref: id, attributes: { DeploymentId: id } };
  }

  function createStage(resource: ResourceDeclaration): CreatedResource {
    warnOfUnknown(cloud, resource, [
      'AccessLogSetting',
      'DeploymentId',
      'Description',
      'MethodSettings',
      'RestApiId',
      'StageName',
      'Tags',
      'Variables',
    ]);
    requiredText(resource, 'StageName');
    const stage = readRestStage(resource.properties);
    definitionOf(resource).stages.set(stage.name, stage);
    return { ref: stage.name };
  }

  function createGatewayResponse(resource: ResourceDeclaration): CreatedResource {
    const type = requiredText(resource, 'ResponseType');
    definitionOf(resource).gatewayResponses.set(type, readGatewayResponse(resource.properties));
    const id = stableId(resource);
    return { ref: id, attributes: { Id: id } };
  }

  return {
    definitions,
    providers: {
      'AWS::ApiGateway::RestApi': createRestApi,
      'AWS::ApiGateway::Resource': createResource,
      'AWS::ApiGateway::Method': createMethod,
      'AWS::ApiGateway::RequestValidator': createRequestValidator,
      'AWS::ApiGateway::Deployment': createDeployment,
      'AWS::ApiGateway::Stage': createStage,
      'AWS::ApiGateway::GatewayResponse': createGatewayResponse,
    },
  };
}

function methodsOfBody(body: JsonObject, resource: ResourceDeclaration): RestMethod[] {
  return readOpenApiRoutes(body).map((route) => {
    const validator = readValidator(body, route.validator);
    const schemas = validator.body ? Object.entries(route.bodySchemas) : [];
    return {
      method: route.method,
      path: route.path,
      resourceId: stableId({ ...resource, logicalId: `${resource.logicalId}${route.path}` }, 6),
      operationName: route.operationId,
      integration: { ...route.integration, payloadFormatVersion: '1.0' },
      apiKeyRequired: route.apiKeyRequired,
      requiredParameters: validator.parameters ? route.parameters.filter(({ required }) => required) : [],
      bodyChecks: new Map(schemas.map(([type, schema]) => [type, compileBodySchema(body, schema)])),
      bodyRequired: route.bodyRequired,
    };
  });
}

/** Out of `method.request.querystring.name: true`. */
function requiredParametersOf(parameters: JsonObject): RequiredParameter[] {
  const places = { path: 'path', querystring: 'query', header: 'header' } as const;
  return Object.entries(parameters).flatMap(([source, required]) => {
    const parsed = /^method\.request\.(path|querystring|header)\.(.+)$/.exec(source);
    if (!parsed || !flagOf(required)) return [];
    return [{ name: parsed[2] as string, in: places[parsed[1] as keyof typeof places] }];
  });
}
