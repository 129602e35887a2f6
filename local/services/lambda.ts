/**
 * AWS Lambda. Operations: Invoke (RequestResponse, Event, DryRun; log tail), GetFunction, GetFunctionConfiguration,
 * ListFunctions, ListVersionsByFunction, ListAliases, ListEventSourceMappings.
 * Resource types: Function, Version, Alias, Permission, EventSourceMapping (SQS, DynamoDB streams), EventInvokeConfig, Url,
 * LayerVersion, custom resources and Custom::CDKBucketDeployment.
 * Differs from AWS: functions run in worker threads of one process (Node runtimes only; process.chdir does not work and the
 * time zone is the process's own); a version always runs the newest code; events beyond the concurrency limit wait instead
 * of being throttled; a worker is not frozen between events; layers are not mounted.
 */
import { randomUUID } from 'node:crypto';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Cloud,
  type Json,
  type JsonObject,
  type PolicyStatement,
  type RequiredRight,
  type Service,
} from '../types.ts';
import { AsyncEvents } from './lambda/async-events.ts';
import { deployToBucket } from './lambda/bucket-deployment.ts';
import { CustomResources } from './lambda/custom-resources.ts';
import { EventSources } from './lambda/event-sources.ts';
import { answerFunctionUrl, type FunctionUrl, functionUrlOf } from './lambda/function-url.ts';
import { type FunctionDefinition, Functions, generatedName } from './lambda/functions.ts';
import { openLambdaStore } from './lambda/store.ts';

export interface LambdaOptions {
  /** Milliseconds before the second and the third attempt of an asynchronous event. */
  retryDelays?: readonly number[];
}

export function createLambda(cloud: Cloud, options: LambdaOptions = {}): Service {
  const store = openLambdaStore(cloud.stateDir);
  const functions = new Functions(cloud);
  const asyncEvents = new AsyncEvents(cloud, functions, store, options.retryDelays);
  const customResources = new CustomResources(cloud, functions, store);
  const eventSources = new EventSources(cloud, functions, store);
  const urls = new Map<string, FunctionUrl>();

  cloud.provide('recordCapacity', (caller, capacity) => functions.recordCapacity(caller, capacity));
  cloud.provide('invoke', async (reference, payload, { caller, type = 'request' }) => {
    const { arn, definition, qualifier } = functions.find(reference);
    cloud.authorize(caller, { action: 'lambda:InvokeFunction', resource: arn });
    if (type === 'event') {
      const requestId = asyncEvents.accept(definition.name, qualifier, JSON.stringify(payload));
      return { payload: null, durationMs: 0, requestId };
    }
    const result = await functions.run(reference, undefined, JSON.stringify(payload));
    const { requestId, durationMs, functionError } = result;
    const answer = { payload: JSON.parse(result.payload) as Json, durationMs, requestId };
    return functionError === undefined ? answer : { ...answer, functionError };
  });

  return {
    names: ['lambda'],
    resources: {
      'AWS::Lambda::Function': (resource) => {
        const definition = functions.put(resource);
        return { ref: definition.name, attributes: { Arn: definition.arn } };
      },
      'AWS::Lambda::Version': ({ stack, logicalId, properties }) => {
        const { definition } = functions.find(String(properties.FunctionName));
        const version = String(store.versionNumber(definition.name, `${stack}/${logicalId}`));
        functions.putQualifier(definition.name, version, 'version', version);
        const arn = `${definition.arn}:${version}`;
        return { ref: arn, attributes: { Version: version, FunctionArn: arn } };
      },
      'AWS::Lambda::Alias': ({ properties }) => {
        const { definition } = functions.find(String(properties.FunctionName));
        const name = String(properties.Name);
        functions.putQualifier(definition.name, name, 'alias', String(properties.FunctionVersion));
        const arn = `${definition.arn}:${name}`;
        return { ref: arn, attributes: { AliasArn: arn } };
      },
      'AWS::Lambda::Permission': ({ stack, logicalId, properties }) => {
        const { arn } = functions.find(String(properties.FunctionName));
        cloud.attachResourcePolicy(arn, { Statement: [permission(arn, properties)] });
        return { ref: generatedName(stack, logicalId), attributes: { Id: generatedName(stack, logicalId) } };
      },
      'AWS::Lambda::EventSourceMapping': (resource) => eventSources.put(resource),
      'AWS::Lambda::EventInvokeConfig': ({ stack, logicalId, properties }) => {
        const { definition } = functions.find(String(properties.FunctionName));
        const destinations = (properties.DestinationConfig ?? {}) as Record<
          string,
          { Destination?: string } | undefined
        >;
        asyncEvents.configure(definition.name, String(properties.Qualifier), {
          maximumRetryAttempts:
            properties.MaximumRetryAttempts === undefined ? undefined : Number(properties.MaximumRetryAttempts),
          maximumEventAgeSeconds:
            properties.MaximumEventAgeInSeconds === undefined ? undefined : Number(properties.MaximumEventAgeInSeconds),
          onSuccess: destinations.OnSuccess?.Destination,
          onFailure: destinations.OnFailure?.Destination,
        });
        return { ref: generatedName(stack, logicalId) };
      },
      'AWS::Lambda::Url': (resource) => {
        const { arn, definition } = functions.find(String(resource.properties.TargetFunctionArn));
        const url = functionUrlOf(resource, arn, cloud);
        urls.set(url.id, url);
        return { ref: definition.arn, attributes: { FunctionUrl: url.url, FunctionArn: definition.arn } };
      },
      'AWS::Lambda::LayerVersion': ({ stack, logicalId }) => {
        const arn = `arn:aws:lambda:${cloud.region}:${cloud.accountId}:layer:${generatedName(stack, logicalId)}:1`;
        return { ref: arn, attributes: { LayerVersionArn: arn } };
      },
      'AWS::CloudFormation::CustomResource': (resource) => customResources.provide(resource),
      'Custom::CDKBucketDeployment': (resource) => deployToBucket(resource, cloud, store),
    },
    rights: (request) => rights(request, functions),
    handle: (request) => handle(request, functions, asyncEvents, eventSources),
    async unsigned(request) {
      if (request.path.startsWith('/_local/lambda/custom-resource/')) return customResources.reply(request);
      const [, id = '', rest = '/'] = /^\/_local\/lambda\/url\/([^/]+)(\/.*)?$/.exec(request.path) ?? [];
      const url = urls.get(id);
      return url === undefined ? undefined : answerFunctionUrl(url, rest, request, cloud, functions);
    },
    provisioned: () => eventSources.endUndeclared(),
    async start() {
      asyncEvents.resume();
      eventSources.start();
    },
    async stop() {
      asyncEvents.stop();
      await eventSources.stop();
      await functions.stop();
      store.close();
    },
    async inspect(path) {
      if (path === 'functions') return functions.load();
      if (path === 'invocations') return functions.invocations() as unknown as Json;
      return path === 'sources' ? eventSources.inspect() : undefined;
    },
  };
}

function permission(functionArn: string, properties: JsonObject): PolicyStatement {
  const principal = String(properties.Principal);
  const isService = principal.endsWith('.amazonaws.com');
  const arn = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
  const statement: PolicyStatement = {
    Effect: 'Allow',
    Action: String(properties.Action),
    Resource: functionArn,
    Principal: principal === '*' ? '*' : isService ? { Service: principal } : { AWS: arn },
  };
  const equals: Record<string, string> = {};
  if (properties.SourceAccount !== undefined) equals['AWS:SourceAccount'] = String(properties.SourceAccount);
  if (properties.FunctionUrlAuthType !== undefined) {
    equals['lambda:FunctionUrlAuthType'] = String(properties.FunctionUrlAuthType);
  }
  const condition: NonNullable<PolicyStatement['Condition']> = {};
  if (properties.SourceArn !== undefined) condition.ArnLike = { 'AWS:SourceArn': String(properties.SourceArn) };
  if (Object.keys(equals).length > 0) condition.StringEquals = equals;
  if (Object.keys(condition).length > 0) statement.Condition = condition;
  return statement;
}

interface Route {
  method: string;
  pattern: RegExp;
  action: string;
  onFunction: boolean;
}
const routes: readonly Route[] = [
  {
    method: 'POST',
    pattern: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    action: 'InvokeFunction',
    onFunction: true,
  },
  {
    method: 'GET',
    pattern: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
    action: 'GetFunctionConfiguration',
    onFunction: true,
  },
  {
    method: 'GET',
    pattern: /^\/2015-03-31\/functions\/([^/]+)\/versions$/,
    action: 'ListVersionsByFunction',
    onFunction: true,
  },
  { method: 'GET', pattern: /^\/2015-03-31\/functions\/([^/]+)\/aliases$/, action: 'ListAliases', onFunction: true },
  { method: 'GET', pattern: /^\/2015-03-31\/functions\/([^/]+)$/, action: 'GetFunction', onFunction: true },
  { method: 'GET', pattern: /^\/2015-03-31\/functions\/?$/, action: 'ListFunctions', onFunction: false },
  {
    method: 'GET',
    pattern: /^\/2015-03-31\/event-source-mappings\/?$/,
    action: 'ListEventSourceMappings',
    onFunction: false,
  },
];

function routeOf({ method, path }: AwsRequest): { action: string; name: string | undefined } {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match !== null)
      return { action: route.action, name: route.onFunction ? decodeURIComponent(match[1] as string) : undefined };
  }
  throw new AwsError('UnknownOperationException', `lambda: ${method} ${path} is not known here`, 404);
}

function rights(request: AwsRequest, functions: Functions): RequiredRight[] {
  const { action, name } = routeOf(request);
  const resource = name === undefined ? '*' : functions.find(name, request.query.get('Qualifier') ?? undefined).arn;
  return [{ action: `lambda:${action}`, resource }];
}

async function handle(
  request: AwsRequest,
  functions: Functions,
  asyncEvents: AsyncEvents,
  eventSources: EventSources,
): Promise<AwsResponse> {
  const { action, name = '' } = routeOf(request);
  const qualifier = request.query.get('Qualifier') ?? undefined;
  switch (action) {
    case 'InvokeFunction':
      return invoke(request, name, qualifier, functions, asyncEvents);
    case 'ListFunctions':
      return json({ Functions: functions.all().map(configuration) });
    case 'ListEventSourceMappings':
      return json({ EventSourceMappings: eventSources.inspect() });
    default: {
      const { definition } = functions.find(name, qualifier);
      if (action === 'GetFunctionConfiguration') return json(configuration(definition));
      if (action === 'GetFunction') return json({ Configuration: configuration(definition), Tags: {} });
      if (action === 'ListAliases') {
        const aliases = functions.qualifiers(definition.name, 'alias');
        return json({
          Aliases: aliases.map(({ name: alias, version }) => ({
            Name: alias,
            FunctionVersion: version,
            AliasArn: `${definition.arn}:${alias}`,
          })),
        });
      }
      const versions = functions.qualifiers(definition.name, 'version').map(({ version }) => version);
      return json({
        Versions: ['$LATEST', ...versions].map((version) => ({ ...configuration(definition), Version: version })),
      });
    }
  }
}

async function invoke(
  { headers, body }: AwsRequest,
  name: string,
  qualifier: string | undefined,
  functions: Functions,
  asyncEvents: AsyncEvents,
): Promise<AwsResponse> {
  const payload = body.length === 0 ? '{}' : body.toString();
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${String(error)}`,
      400,
    );
  }
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const { definition, qualifier: version } = functions.find(name, qualifier);
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    const requestId = asyncEvents.accept(definition.name, version, payload);
    return { status: 202, headers: { 'x-amzn-requestid': requestId } };
  }
  const result = await functions.run(name, qualifier, payload, randomUUID());
  const responseHeaders: Record<string, string> = {
    'content-type': 'application/json',
    'x-amzn-requestid': result.requestId,
    'x-amz-executed-version': version,
  };
  if (result.functionError !== undefined) responseHeaders['x-amz-function-error'] = result.functionError;
  if (headers['x-amz-log-type'] === 'Tail') {
    responseHeaders['x-amz-log-result'] = Buffer.from(`${result.logs.join('\n')}\n`)
      .subarray(-4096)
      .toString('base64');
  }
  return { status: 200, headers: responseHeaders, body: result.payload };
}

function configuration({
  name,
  arn,
  role,
  handler,
  runtime,
  timeoutSeconds,
  memorySizeMb,
  logGroup,
  fingerprint,
  properties,
}: FunctionDefinition): JsonObject {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Role: role,
    Handler: handler,
    Runtime: runtime,
    Timeout: timeoutSeconds,
    MemorySize: memorySizeMb,
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    CodeSha256: fingerprint,
    Description: properties.Description ?? '',
    Architectures: properties.Architectures ?? ['x86_64'],
    Environment: properties.Environment ?? {},
    LoggingConfig: { LogGroup: logGroup },
  };
}
function json(value: JsonObject): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
