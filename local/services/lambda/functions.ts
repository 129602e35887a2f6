/** The functions of the assembly: their definitions, pools, versions and aliases, and the synchronous run of one event. */
import { createHash, randomUUID } from 'node:crypto';
import {
  AwsError,
  type Caller,
  type Cloud,
  type ConsumedCapacity,
  type Json,
  type JsonObject,
  type ResourceDeclaration,
} from '../../types.ts';
import { codeFolder } from './code.ts';
import { Machine, type Outcome, Pool } from './pool.ts';

export interface FunctionDefinition {
  name: string;
  arn: string;
  role: string;
  handler: string;
  runtime: string;
  timeoutSeconds: number;
  memorySizeMb: number;
  logGroup: string;
  /** ARN of the queue or topic for asynchronous events that failed for good. */
  deadLetterArn: string | undefined;
  properties: JsonObject;
  /** Changes when code or configuration changes. */
  fingerprint: string;
}
/** One run of a function, for the console. */
export interface Invocation {
  requestId: string;
  functionName: string;
  at: string;
  durationMs: number;
  initMs?: number;
  usedMemoryMb: number;
  error?: string;
  readUnits: number;
  writeUnits: number;
  requests: number;
  logs: string[];
}
export interface RunResult {
  requestId: string;
  payload: string;
  functionError?: string;
  durationMs: number;
  logs: string[];
}

/** Events that one function handles at once when it reserves no concurrency. */
const defaultConcurrency = 4;
const keptInvocations = 500;

export class Functions {
  readonly #cloud: Cloud;
  readonly #machine = new Machine();
  readonly #functions = new Map<string, { definition: FunctionDefinition; pool: Pool | undefined }>();
  /** `name:qualifier` of aliases and versions → what they are. */
  readonly #qualifiers = new Map<string, { kind: 'alias' | 'version'; version: string }>();
  readonly #invocations: Invocation[] = [];
  /** Access key of a worker → the invocation that it runs now. */
  readonly #running = new Map<string, Invocation>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  put(resource: ResourceDeclaration): FunctionDefinition {
    const definition = define(resource, this.#cloud);
    const known = this.#functions.get(definition.name);
    if (known?.definition.fingerprint === definition.fingerprint) return known.definition;
    known?.pool?.retire();
    const isNode = definition.runtime.startsWith('nodejs');
    if (!isNode) {
      this.#cloud.log(
        'debug',
        `${definition.name} has the runtime ${definition.runtime}: declared, but not invocable here`,
      );
    }
    if (Array.isArray(resource.properties.Layers) && isNode) {
      this.#cloud.log('warn', `${definition.name} has layers, which are not mounted here`);
    }
    this.#functions.set(definition.name, { definition, pool: isNode ? this.#pool(definition, resource) : undefined });
    return definition;
  }

  #pool(definition: FunctionDefinition, { assetPath, properties }: ResourceDeclaration): Pool {
    const cloud = this.#cloud;
    cloud.assumeRole(definition.role, definition.name, 'lambda.amazonaws.com');
    const taskRoot = codeFolder((properties.Code ?? {}) as JsonObject, assetPath, cloud.stateDir);
    const reserved = properties.ReservedConcurrentExecutions;
    const logging = (properties.LoggingConfig ?? {}) as JsonObject;
    return new Pool(
      {
        name: definition.name,
        worker: { taskRoot, handler: definition.handler, logFormat: logging.LogFormat === 'JSON' ? 'JSON' : 'Text' },
        environment: (slot) => environment(definition, taskRoot, slot, cloud),
        memorySizeMb: definition.memorySizeMb,
        timeoutMs: definition.timeoutSeconds * 1000,
        concurrency: reserved === undefined ? defaultConcurrency : Number(reserved),
      },
      this.#machine,
    );
  }

  putQualifier(functionName: string, qualifier: string, kind: 'alias' | 'version', version: string): void {
    this.#qualifiers.set(`${functionName}:${qualifier}`, { kind, version });
  }
  qualifiers(functionName: string, kind: 'alias' | 'version'): { name: string; version: string }[] {
    return [...this.#qualifiers]
      .filter(([key, value]) => value.kind === kind && key.startsWith(`${functionName}:`))
      .map(([key, value]) => ({ name: key.slice(functionName.length + 1), version: value.version }));
  }

  all(): FunctionDefinition[] {
    return [...this.#functions.values()].map(({ definition }) => definition);
  }

  /** By name, partial or full ARN, with or without qualifier. Throws ResourceNotFoundException. */
  find(reference: string, qualifier?: string): { definition: FunctionDefinition; arn: string; qualifier: string } {
    const parts = reference.startsWith('arn:')
      ? reference.split(':').slice(6)
      : reference.split(':').slice(reference.includes(':function:') ? 2 : 0);
    const name = parts[0] as string;
    const version = qualifier ?? parts[1] ?? '$LATEST';
    const definition = this.#functions.get(name)?.definition;
    if (definition === undefined || (version !== '$LATEST' && !this.#qualifiers.has(`${name}:${version}`))) {
      const arn = `arn:aws:lambda:${this.#cloud.region}:${this.#cloud.accountId}:function:${[name, ...(version === '$LATEST' ? [] : [version])].join(':')}`;
      throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
    }
    const isQualified = parts[1] !== undefined || qualifier !== undefined;
    return { definition, arn: isQualified ? `${definition.arn}:${version}` : definition.arn, qualifier: version };
  }

  /** Most events at once. */
  concurrency(name: string): number {
    return this.#functions.get(name)?.pool?.concurrency ?? 0;
  }

  /** Runs one event to its end. Throws only when the function can't be run at all. */
  async run(
    reference: string,
    qualifier: string | undefined,
    payload: string,
    requestId: string = randomUUID(),
  ): Promise<RunResult> {
    const { definition, arn, qualifier: version } = this.find(reference, qualifier);
    const pool = this.#functions.get(definition.name)?.pool;
    if (pool === undefined) {
      throw new AwsError(
        'InvalidRuntimeException',
        `${definition.name}: the runtime ${definition.runtime} does not run here`,
        502,
      );
    }
    if (pool.concurrency === 0) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
      });
    }
    const invocation: Invocation = {
      requestId,
      functionName: definition.name,
      at: '',
      durationMs: 0,
      usedMemoryMb: 0,
      readUnits: 0,
      writeUnits: 0,
      requests: 0,
      logs: [],
    };
    let accessKeyId = '';
    const log = (line: string): void => {
      invocation.logs.push(line);
      this.#cloud.writeLog(definition.logGroup, logStream(definition, version), line);
    };
    const outcome = await pool.run({
      requestId,
      payload,
      invokedFunctionArn: arn,
      started: (slot) => {
        invocation.at = new Date().toISOString();
        accessKeyId = this.#cloud.credentials(definition.role, definition.name, slot).accessKeyId;
        this.#running.set(accessKeyId, invocation);
        log(`START RequestId: ${requestId} Version: ${version}`);
      },
      log,
    });
    if (this.#running.get(accessKeyId) === invocation) this.#running.delete(accessKeyId);
    log(`END RequestId: ${requestId}`);
    log(report(requestId, outcome, definition));
    this.#keep(invocation, outcome);
    const result: RunResult = {
      requestId,
      payload: outcome.payload,
      durationMs: outcome.durationMs,
      logs: invocation.logs,
    };
    if (outcome.error !== undefined) result.functionError = 'Unhandled';
    return result;
  }

  #keep(invocation: Invocation, { durationMs, initMs, usedMemoryMb, error }: Outcome): void {
    Object.assign(invocation, { durationMs, usedMemoryMb });
    if (initMs !== undefined) invocation.initMs = initMs;
    if (error !== undefined) invocation.error = `${error.errorType}: ${error.errorMessage}`;
    this.#invocations.push(invocation);
    if (this.#invocations.length > keptInvocations) this.#invocations.shift();
  }

  /** Books what a request to DynamoDB consumed on the invocation that made it. */
  recordCapacity(caller: Caller, { readUnits, writeUnits }: ConsumedCapacity): void {
    if (caller.kind !== 'role' || caller.accessKeyId === undefined) return;
    const invocation = this.#running.get(caller.accessKeyId);
    if (invocation === undefined) return;
    invocation.readUnits += readUnits;
    invocation.writeUnits += writeUnits;
    invocation.requests += 1;
  }

  /** The newest invocations first. */
  invocations(): Invocation[] {
    return [...this.#invocations].reverse();
  }
  /** Workers, running and waiting events of each function, for the console. */
  load(): Json {
    return [...this.#functions.values()].map(({ definition, pool }) => ({
      name: definition.name,
      runtime: definition.runtime,
      memorySizeMb: definition.memorySizeMb,
      timeoutSeconds: definition.timeoutSeconds,
      workers: pool?.size ?? 0,
      running: pool?.running ?? 0,
      waiting: pool?.waiting ?? 0,
      concurrency: pool?.concurrency ?? 0,
    }));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#functions.values()].map(({ pool }) => pool?.stop()));
  }
}

function define({ stack, logicalId, properties, assetPath }: ResourceDeclaration, cloud: Cloud): FunctionDefinition {
  if (properties.PackageType === 'Image') throw new Error('Container images do not run here');
  const name = typeof properties.FunctionName === 'string' ? properties.FunctionName : generatedName(stack, logicalId);
  const logging = (properties.LoggingConfig ?? {}) as JsonObject;
  return {
    name,
    arn: `arn:aws:lambda:${cloud.region}:${cloud.accountId}:function:${name}`,
    role: String(properties.Role),
    handler: String(properties.Handler),
    runtime: String(properties.Runtime),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memorySizeMb: Number(properties.MemorySize ?? 128),
    logGroup: typeof logging.LogGroup === 'string' ? logging.LogGroup : `/aws/lambda/${name}`,
    deadLetterArn: (properties.DeadLetterConfig as JsonObject | undefined)?.TargetArn as string | undefined,
    properties,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([properties, assetPath]))
      .digest('hex'),
  };
}

/** A name as CloudFormation makes them (stack, logical id, twelve characters), the same at each start. */
export function generatedName(stack: string, logicalId: string, length = 64): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return `${`${stack}-${logicalId}`.slice(0, length - 13)}-${suffix}`;
}

function environment(
  definition: FunctionDefinition,
  taskRoot: string,
  slot: number,
  cloud: Cloud,
): Record<string, string> {
  const declared = ((definition.properties.Environment as JsonObject | undefined)?.Variables ?? {}) as JsonObject;
  const keys = cloud.credentials(definition.role, definition.name, slot);
  return {
    ...Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, String(value)])),
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? '',
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySizeMb),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream(definition, '$LATEST'),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LANG: 'en_US.UTF-8',
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
  };
}

function logStream({ name }: FunctionDefinition, version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${name}[${version}]`;
}

function report(
  requestId: string,
  { durationMs, initMs, usedMemoryMb, error }: Outcome,
  { memorySizeMb }: FunctionDefinition,
): string {
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${memorySizeMb} MB`,
    `Max Memory Used: ${usedMemoryMb} MB`,
  ];
  if (initMs !== undefined) parts.push(`Init Duration: ${initMs.toFixed(2)} ms`);
  if (error?.errorType === 'Sandbox.Timedout') parts.push('Status: timeout');
  else if (error !== undefined) parts.push(`Status: error`, `Error Type: ${error.errorType}`);
  return parts.join('\t');
}
