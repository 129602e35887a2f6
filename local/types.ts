/**
 * The seams of the local platform: what a service is, what a request to the one AWS endpoint looks like, and what one
 * service may ask of another. A service file implements `Service`; nothing else knows how it works inside.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Plain JSON as it stands in a template or on the wire. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One IAM policy document, as written in a template (intrinsic functions already resolved). */
export interface PolicyDocument {
  Version?: string;
  Statement: PolicyStatement[];
}
export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Principal?: '*' | Record<string, string | string[]>;
  Condition?: Record<string, Record<string, string | string[] | boolean>>;
}

/**
 * Who calls. `root` is the developer with the documented local key pair (may do all); `role` is a function, rule or
 * schedule acting by an IAM role; `service` is an AWS service principal (decided by the resource's own policy);
 * `anonymous` is an unsigned request (only what AWS itself leaves open: Cognito's public operations, JWKS, presigned URLs).
 */
export type Caller =
  | { kind: 'root' }
  | {
      kind: 'role';
      roleArn: string;
      sessionName: string;
      policies: PolicyDocument[];
      /** Access key of this session: tells apart the workers of one function (consumed capacity per invocation). */
      accessKeyId?: string;
    }
  | { kind: 'service'; principal: string; sourceArn?: string; sourceAccount?: string }
  | { kind: 'anonymous' };

/** One right that a request needs. `context` holds condition keys, for example `dynamodb:LeadingKeys`. */
export interface RequiredRight {
  action: string;
  resource: string;
  context?: Record<string, string | string[]>;
}

/** A request to the endpoint after its signature was verified. */
export interface AwsRequest {
  /** Signing name: `dynamodb`, `sqs`, `events`, `cognito-idp`, `ses`, `s3`, `ssm`, `lambda`, `apigateway`, ... */
  service: string;
  region: string;
  method: string;
  /** Path without the query string, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** From `X-Amz-Target` or the query protocol's `Action`; undefined for REST protocols, whose service reads the path. */
  operation?: string;
  caller: Caller;
  requestId: string;
}
export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer | NodeJS.ReadableStream;
}

/** An error in the shape that AWS SDKs parse; the endpoint writes it in the protocol of the service. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: JsonObject;
  constructor(code: string, message: string, status = 400, extra: JsonObject = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

/** A resource as the template declares it, intrinsic functions resolved. */
export interface ResourceDeclaration {
  stack: string;
  logicalId: string;
  type: string;
  properties: JsonObject;
  /** Absolute path of the asset folder or file that CDK's metadata names for this resource, when it has one. */
  assetPath?: string;
}
/** What `Ref` and `Fn::GetAtt` of the resource give. */
export interface CreatedResource {
  ref: string;
  attributes?: Record<string, Json>;
}

/** How one CloudFormation resource type comes to life. Called at every start: must keep the state that a former run left. */
export type ResourceProvider = (resource: ResourceDeclaration) => Promise<CreatedResource> | CreatedResource;

/** One AWS service. A file in `services/` exports `(cloud: Cloud) => Service`. */
export interface Service {
  /** Signing names that this service answers to. */
  readonly names: readonly string[];
  /** CloudFormation types that it provides. An unknown type in a template stops the start with a clear error. */
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  /** Which rights the request needs; the endpoint checks all before `handle`. An operation that is not known: throw UnknownOperationException. */
  rights(request: AwsRequest): RequiredRight[] | Promise<RequiredRight[]>;
  handle(request: AwsRequest): Promise<AwsResponse>;
  /** After each provisioning, also that of a changed assembly: what was not declared again may end. */
  provisioned?(): Promise<void>;
  /** After all resources of all stacks exist: begin timers, pollers, listeners. */
  start?(): Promise<void>;
  /** Stop timers and children; all that was acknowledged is on disk before and after. */
  stop?(): Promise<void>;
  /** Unsigned HTTP requests below `/_local/<first name>/` (function URLs, custom resource replies); undefined is 404. */
  unsigned?(request: AwsRequest): Promise<AwsResponse | undefined>;
  /** JSON for the local console page of this service (`/_local/api/<name>`). */
  inspect?(path: string, query: URLSearchParams): Promise<Json | undefined>;
}

/** What services may ask of each other. Filled in as services register; each throws a clear error when its service is absent. */
export interface Cloud {
  readonly region: string;
  readonly accountId: string;
  /** Folder for durable state; each service makes a file or folder of its own name in it. */
  readonly stateDir: string;
  /** Base URL of the one AWS endpoint, known from the beginning. */
  readonly endpoint: string;
  /** First port for browser-facing listeners (CloudFront); partner APIs take the next ones. */
  readonly ports: { web: number; partner: number };
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail?: JsonObject) => void;

  /** Throws AwsError AccessDenied(Exception) that names caller, action and resource as AWS words it. */
  authorize(caller: Caller, right: RequiredRight): void;
  /**
   * The caller that acts by this role (policies from the template). With `principal` (for example
   * `events.amazonaws.com`) the role's trust policy must allow it. Throws AccessDenied otherwise.
   */
  assumeRole(roleArn: string, sessionName: string, principal?: string): Caller;
  /** Key pair and session token of a role's session, stable across starts; `slot` gives one session several keys. */
  credentials(roleArn: string, sessionName: string, slot?: number): SessionCredentials;
  /**
   * The caller who signed a base64 POST policy (S3 browser uploads): fields as in the form. Throws
   * InvalidAccessKeyId or SignatureDoesNotMatch.
   */
  verifyPostPolicy(fields: PostPolicyFields): Caller;
  /** Policies attached to a resource: queue policies, bucket policies, Lambda permissions, bus policies. */
  attachResourcePolicy(resourceArn: string, policy: PolicyDocument): void;

  /**
   * Calls a service as the SDK would, but in process: same rights, same policies, same handler, no socket and no
   * signature. JSON protocols only (`operation` is the name without the target's prefix). Throws AwsError.
   */
  call(service: string, operation: string, input: JsonObject, caller: Caller): Promise<JsonObject>;
  /** Something arrived at this ARN (a message in a queue, a record in a stream): wakes those who poll it. Never throws. */
  notify(arn: string): void;
  /** Calls `wake` at each notify of this ARN; returns what ends it. */
  onNotify(arn: string, wake: () => void): () => void;
  /** DynamoDB tells what a request consumed; the console shows it per invocation. */
  recordCapacity(caller: Caller, capacity: ConsumedCapacity): void;
  /** A listener is up (a CloudFront distribution, a partner API): shown at start and in the console. */
  announce(address: Address): void;
  /** Path of the asset (file or folder) that CDK would have uploaded under this key; undefined when there is none. */
  findAsset(bucket: string, key: string): string | undefined;

  /** Invokes a function by name or ARN (qualifier allowed). `event` invocation type returns at once and retries twice as Lambda does. */
  invoke(
    functionArn: string,
    payload: Json,
    options: { caller: Caller; type?: 'request' | 'event' },
  ): Promise<InvokeResult>;
  /** Sends to a queue as `caller`. */
  sendMessage(
    queueArn: string,
    body: string,
    options: { caller: Caller; attributes?: JsonObject; groupId?: string; delaySeconds?: number },
  ): Promise<void>;
  /** Puts an event on a bus as `caller`. */
  putEvent(busArn: string, event: JsonObject, caller: Caller): Promise<void>;
  /** Puts a mail into the mailbox. */
  deliverMail(mail: Mail): Promise<void>;
  /** Reads an object as `caller`; undefined when it does not exist. */
  readObject(bucket: string, key: string, caller: Caller): Promise<StoredObject | undefined>;
  /** Writes an object as `caller`. */
  writeObject(bucket: string, key: string, object: ObjectToStore, caller: Caller): Promise<void>;
  /** Deletes an object as `caller`; no error when it does not exist. */
  deleteObject(bucket: string, key: string, caller: Caller): Promise<void>;
  /** All keys with this prefix, as `caller`. */
  listObjects(bucket: string, prefix: string, caller: Caller): Promise<string[]>;
  /** Publishes to an SNS topic as `caller`. */
  publish(topicArn: string, message: string, options: { caller: Caller; subject?: string }): Promise<void>;
  /** Value of an SSM parameter, for templates; undefined when it does not exist. */
  readParameter(name: string): string | undefined;
  /** Appends to a log group (kept in memory, the newest lines). */
  writeLog(group: string, stream: string, message: string): void;
  /** Answers an HTTP request to an API Gateway API by its id (CloudFront origins come in here, without a socket). */
  callApi(apiId: string, request: EdgeRequest): Promise<EdgeResponse>;

  /** Services register their part of the above at construction. */
  provide<K extends CloudCapability>(name: K, implementation: Cloud[K]): void;
}
export type CloudCapability =
  | 'invoke'
  | 'sendMessage'
  | 'putEvent'
  | 'deliverMail'
  | 'readObject'
  | 'writeObject'
  | 'deleteObject'
  | 'listObjects'
  | 'publish'
  | 'readParameter'
  | 'writeLog'
  | 'recordCapacity'
  | 'callApi';

export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Absent for the developer's own key pair. */
  sessionToken?: string;
}
export interface PostPolicyFields {
  /** `x-amz-credential`: key id/date/region/s3/aws4_request. */
  credential: string;
  /** The base64 text of the field `policy`, as sent. */
  policy: string;
  /** `x-amz-signature`, hexadecimal. */
  signature: string;
  /** `x-amz-security-token`, for keys of a role. */
  securityToken?: string;
}
export interface ConsumedCapacity {
  table: string;
  operation: string;
  readUnits: number;
  writeUnits: number;
}
export interface Address {
  kind: 'web' | 'partner';
  name: string;
  url: string;
}

export interface InvokeResult {
  payload: Json;
  /** `Unhandled` when the function threw, timed out or exited; the payload then has errorType and errorMessage. */
  functionError?: string;
  durationMs: number;
  requestId: string;
}
export interface Mail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
}
export interface StoredObject {
  body: Buffer;
  contentType: string;
  etag: string;
  lastModified: Date;
  metadata: Record<string, string>;
  cacheControl?: string;
  contentEncoding?: string;
  contentDisposition?: string;
}
export interface ObjectToStore {
  body: Buffer;
  contentType: string;
  cacheControl?: string;
  contentEncoding?: string;
  contentDisposition?: string;
  metadata?: Record<string, string>;
}
export interface EdgeRequest {
  method: string;
  /** Path with query string, as the client sent it. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  sourceIp: string;
}
export interface EdgeResponse {
  status: number;
  /** Header names in lower case; an array for repeated ones (`set-cookie`). */
  headers: Record<string, string | string[]>;
  body: Buffer;
}
