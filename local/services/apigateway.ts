/**
 * API Gateway REST APIs (AWS::ApiGateway): RestApi (from an OpenAPI 3.0 `Body`, or Resource and Method), Deployment,
 * Stage, GatewayResponse, RequestValidator, Account, ApiKey, UsagePlan, UsagePlanKey. Each API has a listener of its own:
 * the first on the partner port, the others above it; the path begins with the stage's name, as in
 * `https://{id}.execute-api.{region}.amazonaws.com/v1/...`. An API answers through `cloud.callApi` too.
 *
 * At the endpoint: CreateApiKey, GetApiKey, GetApiKeys, UpdateApiKey (replace of enabled, name, description, customerId),
 * DeleteApiKey, CreateUsagePlanKey, GetUsagePlanKey, GetUsagePlanKeys, DeleteUsagePlanKey, GetUsagePlan, GetUsagePlans,
 * GetUsage. Keys, their plans and what they used are kept across starts.
 *
 * Where it differs from AWS:
 * - Lambda proxy integrations only; no authorizers, no models (bodies are validated by the
 *   schemas of an OpenAPI document), no caching, no canaries;
 * - a stage serves the newest definition at once, whatever it deploys;
 * - throttles and quotas are exact, where AWS applies them on a best-effort basis; a change of a key counts at once;
 * - a quota's offset and an API key's StageKeys (which usage plans replaced) have no effect; usage can't be extended (UpdateUsage); plans come from templates only;
 * - `x-forwarded-proto` is always https, as it is in AWS, although no TLS runs here.
 */
import type { AwsRequest, Cloud, CreatedResource, Json, ResourceDeclaration, Service } from '../types.ts';
import { createControlPlane, randomText } from './apigateway/control-plane.ts';
import { createRestApi, type RestHandler } from './apigateway/rest-api.ts';
import type { RestApiDefinition } from './apigateway/rest-api-definition.ts';
import { createRestResources } from './apigateway/rest-resources.ts';
import { createMeter, readUsagePlan, type UsagePlan } from './apigateway/usage-plans.ts';
import { openUsageStore } from './apigateway/usage-store.ts';
import { apisOf } from './edge/api-registry.ts';
import { type Listener, listen } from './edge/listener.ts';
import { flagOf, listOf, nameOf, objectOf, requiredText, textOf } from './edge/properties.ts';
import { createRequestLog } from './edge/request-log.ts';
import { stableId } from './edge/stable-id.ts';

/** `now` gives milliseconds since 1970; tests let it run faster. */
export function createApiGateway(cloud: Cloud, now: () => number = Date.now): Service {
  const apis = apisOf(cloud);
  const log = createRequestLog(cloud, 'rest-api');
  const store = openUsageStore(cloud.stateDir);
  const plans = new Map<string, UsagePlan>();
  const meter = createMeter(store, plans, now);
  const controlPlane = createControlPlane(store, plans, () => meter.reset(), now);
  /** Compiled at the first request after a change, so that all methods of the template are there. */
  const compiled = new Map<string, RestHandler>();
  const listeners = new Map<string, Listener>();
  const declaredKeys = new Set<string>();
  const { definitions, providers } = createRestResources(cloud, (apiId) => {
    compiled.delete(apiId);
    apis.set(apiId, (request) => handlerOf(apiId)(request));
  });

  function handlerOf(apiId: string): RestHandler {
    const existing = compiled.get(apiId);
    if (existing) return existing;
    const handler = createRestApi(cloud, definitions.get(apiId) as RestApiDefinition, meter, log);
    compiled.set(apiId, handler);
    return handler;
  }

  function createApiKey(resource: ResourceDeclaration): CreatedResource {
    const { properties } = resource;
    const id = stableId(resource);
    const before = store.key(id);
    const seconds = Math.floor(now() / 1000);
    const tags = listOf(properties.Tags).map(objectOf);
    store.saveKey({
      id,
      value: textOf(properties.Value) ?? before?.value ?? randomText(40),
      name: textOf(properties.Name) ?? resource.logicalId,
      description: textOf(properties.Description) ?? '',
      customerId: textOf(properties.CustomerId) ?? '',
      enabled: flagOf(properties.Enabled),
      createdDate: before?.createdDate ?? seconds,
      lastUpdatedDate: before?.lastUpdatedDate ?? seconds,
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [textOf(Key) ?? '', textOf(Value) ?? ''])),
      declared: true,
    });
    // The template says anew which plans the key belongs to.
    for (const planId of [...store.planIdsOf(id)]) store.leave(planId, id);
    declaredKeys.add(id);
    return { ref: id, attributes: { APIKeyId: id } };
  }

  function createUsagePlan(resource: ResourceDeclaration): CreatedResource {
    const id = stableId(resource, 6);
    plans.set(id, readUsagePlan(id, resource.properties));
    meter.reset();
    return { ref: id, attributes: { Id: id } };
  }

  function createUsagePlanKey(resource: ResourceDeclaration): CreatedResource {
    const keyId = requiredText(resource, 'KeyId');
    const planId = requiredText(resource, 'UsagePlanId');
    if (!store.key(keyId)) throw new Error(`${nameOf(resource)}: there is no API key ${keyId}.`);
    if (!plans.has(planId)) throw new Error(`${nameOf(resource)}: there is no usage plan ${planId}.`);
    store.join(planId, keyId);
    return { ref: `${keyId}:${planId}`, attributes: { Id: `${keyId}:${planId}` } };
  }

  async function start(): Promise<void> {
    for (const key of store.keys()) {
      if (key.declared && !declaredKeys.has(key.id)) store.deleteKey(key.id);
    }
    let first = true;
    for (const { id, name, stages } of definitions.values()) {
      const existing = listeners.get(id);
      const listener =
        existing ??
        (await listen(cloud, { port: cloud.ports.partner, takeNext: !first }, (request) => handlerOf(id)(request)));
      listeners.set(id, listener);
      first = false;
      for (const stage of stages.keys()) {
        cloud.announce({ kind: 'partner', name, url: `http://localhost:${listener.port}/${stage}` });
      }
    }
  }

  async function stop(): Promise<void> {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
    listeners.clear();
    store.close();
  }

  function inspect(): Json {
    const shownApis = [...definitions.values()].map(({ id, name, stages, methods }) => ({
      id,
      name,
      port: listeners.get(id)?.port ?? null,
      stages: [...stages.keys()],
      routes: methods.map(({ method, path, apiKeyRequired, integration }) => ({
        route: `${method} ${path}`,
        apiKeyRequired,
        function: integration.functionArn,
      })),
    }));
    const keys = store.keys().map(({ id, name, enabled }) => ({ id, name, enabled, plans: [...store.planIdsOf(id)] }));
    const shownPlans = [...plans.values()].map(({ id, name, throttle, quota }) => ({
      id,
      name,
      throttle: throttle ? { ...throttle } : null,
      quota: quota ? { ...quota } : null,
    }));
    return { apis: shownApis, plans: shownPlans, keys, requests: log.recent() };
  }

  return {
    names: ['apigateway'],
    resources: {
      ...providers,
      'AWS::ApiGateway::Account': (resource) => ({ ref: stableId(resource), attributes: { Id: stableId(resource) } }),
      'AWS::ApiGateway::ApiKey': createApiKey,
      'AWS::ApiGateway::UsagePlan': createUsagePlan,
      'AWS::ApiGateway::UsagePlanKey': createUsagePlanKey,
    },
    rights: (request: AwsRequest) => [
      { action: `apigateway:${request.method}`, resource: `arn:aws:apigateway:${cloud.region}::${request.path}` },
    ],
    handle: async (request) => controlPlane.handle(request),
    start,
    stop,
    inspect: async (path) => (path === '' || path === '/' ? inspect() : undefined),
  };
}
