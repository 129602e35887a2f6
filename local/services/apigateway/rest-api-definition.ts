/** What the template says of one REST API, gathered from its resources before the first request. */
import type { JsonObject } from '../../types.ts';
import { flagOf, listOf, numberOf, objectOf, stringMapOf, textOf } from '../edge/properties.ts';
import { type ThrottleLimits, throttleLimits } from '../edge/token-bucket.ts';
import type { BodyCheck } from './body-schema.ts';
import type { LambdaIntegration } from './integration.ts';

export interface RestMethod {
  /** Upper case, or `ANY`. */
  method: string;
  path: string;
  resourceId: string;
  operationName: string | undefined;
  integration: LambdaIntegration;
  apiKeyRequired: boolean;
  /** Parameters whose absence is answered with 400; empty without a request validator. */
  requiredParameters: RequiredParameter[];
  /** Checks of the body by content type; empty without a request validator. */
  bodyChecks: Map<string, BodyCheck>;
  /** With body checks: an absent body is refused too. */
  bodyRequired: boolean;
}
export interface RequiredParameter {
  name: string;
  in: 'path' | 'query' | 'header';
}

export interface RestStage {
  name: string;
  /** null when the stage has none, as the event shows it. */
  variables: Record<string, string> | null;
  /** By `METHOD /path`, `* /path`, and for all methods by `* *`. */
  throttles: Map<string, ThrottleLimits>;
  accessLog: { group: string; format: string } | undefined;
  deploymentId: string;
}

export interface GatewayResponseSetting {
  status: number | undefined;
  /** `gatewayresponse.header.Name` to `'text'`, `context.name`, `method.request.header.name` or `stageVariables.name`. */
  parameters: Record<string, string>;
  /** By content type. */
  templates: Record<string, string>;
}

export interface RestApiDefinition {
  id: string;
  name: string;
  binaryMediaTypes: string[];
  methods: RestMethod[];
  stages: Map<string, RestStage>;
  /** By response type (`THROTTLED`, `DEFAULT_4XX`). */
  gatewayResponses: Map<string, GatewayResponseSetting>;
}

export function readRestStage(properties: JsonObject): RestStage {
  const variables = stringMapOf(properties.Variables);
  const accessLog = objectOf(properties.AccessLogSetting);
  const destination = textOf(accessLog.DestinationArn);
  const throttles = new Map<string, ThrottleLimits>();
  for (const item of listOf(properties.MethodSettings)) {
    const { HttpMethod, ResourcePath, ThrottlingBurstLimit, ThrottlingRateLimit } = objectOf(item);
    const limits = throttleLimits(numberOf(ThrottlingBurstLimit), numberOf(ThrottlingRateLimit));
    if (!limits) continue;
    // A path in a template is written with `~1` for each slash after the first.
    const path = (textOf(ResourcePath) ?? '/*').replaceAll('~1', '/').replace('//', '/');
    throttles.set(`${textOf(HttpMethod) ?? '*'} ${path === '/*' ? '*' : path}`, limits);
  }
  return {
    name: textOf(properties.StageName) ?? '',
    variables: Object.keys(variables).length > 0 ? variables : null,
    throttles,
    accessLog: destination
      ? { group: /:log-group:([^:]+)/.exec(destination)?.[1] ?? destination, format: textOf(accessLog.Format) ?? '' }
      : undefined,
    deploymentId: textOf(properties.DeploymentId) ?? '',
  };
}

/** Limits of one method in a stage: its own, else those for all methods. */
export function stageThrottle(stage: RestStage, method: RestMethod): ThrottleLimits | undefined {
  const { throttles } = stage;
  return throttles.get(`${method.method} ${method.path}`) ?? throttles.get(`* ${method.path}`) ?? throttles.get('* *');
}

/** From `AWS::ApiGateway::GatewayResponse`. */
export function readGatewayResponse(properties: JsonObject): GatewayResponseSetting {
  return {
    status: numberOf(properties.StatusCode),
    parameters: stringMapOf(properties.ResponseParameters),
    templates: stringMapOf(properties.ResponseTemplates),
  };
}

/** From `x-amazon-apigateway-gateway-responses`. */
export function readGatewayResponsesOfDocument(document: JsonObject): Map<string, GatewayResponseSetting> {
  const settings = new Map<string, GatewayResponseSetting>();
  for (const [type, declared] of Object.entries(objectOf(document['x-amazon-apigateway-gateway-responses']))) {
    const { statusCode, responseParameters, responseTemplates } = objectOf(declared);
    settings.set(type, {
      status: numberOf(statusCode),
      parameters: stringMapOf(responseParameters),
      templates: stringMapOf(responseTemplates),
    });
  }
  return settings;
}

/** What a named validator of the document checks; nothing without one. */
export function readValidator(document: JsonObject, name: string | undefined): { parameters: boolean; body: boolean } {
  const validators = objectOf(document['x-amazon-apigateway-request-validators']);
  const declared = objectOf(name === undefined ? undefined : validators[name]);
  return { parameters: flagOf(declared.validateRequestParameters), body: flagOf(declared.validateRequestBody) };
}
