/** What the template says of one HTTP API, gathered from its resources before the first request. */
import type { Json, JsonObject } from '../../types.ts';
import type { LambdaIntegration } from '../apigateway/integration.ts';
import { flagOf, listOf, numberOf, objectOf, textOf, textsOf } from '../edge/properties.ts';
import { type ThrottleLimits, throttleLimits } from '../edge/token-bucket.ts';

export interface HttpApiRoute {
  /** `GET /users/{id}`, `ANY /{proxy+}` or `$default`. */
  routeKey: string;
  integration: LambdaIntegration;
}

export interface HttpApiStage {
  name: string;
  /** null when the stage has none, as the event shows it. */
  variables: Record<string, string> | null;
  defaultThrottle: ThrottleLimits | undefined;
  /** By route key. */
  routeThrottles: Map<string, ThrottleLimits>;
  accessLog: { group: string; format: string } | undefined;
}

export interface CorsConfiguration {
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders: string[];
  allowCredentials: boolean;
  maxAge: number | undefined;
}

export interface HttpApiDefinition {
  id: string;
  name: string;
  cors: CorsConfiguration | undefined;
  routes: HttpApiRoute[];
  stages: Map<string, HttpApiStage>;
}

export function readStage(properties: JsonObject): HttpApiStage {
  const defaults = objectOf(properties.DefaultRouteSettings);
  const accessLog = objectOf(properties.AccessLogSettings);
  const destination = textOf(accessLog.DestinationArn);
  const routeThrottles = new Map<string, ThrottleLimits>();
  for (const [routeKey, settings] of Object.entries(objectOf(properties.RouteSettings))) {
    const limits = readThrottle(objectOf(settings));
    if (limits) routeThrottles.set(routeKey, limits);
  }
  const variables = Object.entries(objectOf(properties.StageVariables)).map(([name, value]) => [
    name,
    textOf(value) ?? '',
  ]);
  return {
    name: textOf(properties.StageName) ?? '$default',
    variables: variables.length > 0 ? Object.fromEntries(variables) : null,
    defaultThrottle: readThrottle(defaults),
    routeThrottles,
    accessLog: destination ? { group: logGroupOf(destination), format: textOf(accessLog.Format) ?? '' } : undefined,
  };
}

function readThrottle(settings: JsonObject): ThrottleLimits | undefined {
  return throttleLimits(numberOf(settings.ThrottlingBurstLimit), numberOf(settings.ThrottlingRateLimit));
}

/** The name in `arn:aws:logs:region:account:log-group:NAME[:*]`. */
export function logGroupOf(arn: string): string {
  return /:log-group:([^:]+)/.exec(arn)?.[1] ?? arn;
}

/** `CorsConfiguration` of the template, or `x-amazon-apigateway-cors` of the document, whose names begin in lower case. */
export function readCors(configuration: Json | undefined): CorsConfiguration | undefined {
  if (configuration === undefined || configuration === null) return undefined;
  const lower = Object.fromEntries(
    Object.entries(objectOf(configuration)).map(([name, value]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      value,
    ]),
  );
  return {
    allowOrigins: textsOf(lower.allowOrigins),
    allowMethods: textsOf(lower.allowMethods),
    allowHeaders: listOf(lower.allowHeaders).map((name) => String(name).toLowerCase()),
    exposeHeaders: textsOf(lower.exposeHeaders),
    allowCredentials: flagOf(lower.allowCredentials),
    maxAge: numberOf(lower.maxAge),
  };
}
