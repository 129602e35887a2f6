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
  | { kind: 'role'; roleArn: string; sessionName: string; policies: PolicyDocument[] }
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
  /** After all resources of all stacks exist: begin timers, pollers, listeners. */
  start?(): Promise<void>;
  /** Stop timers and children; all that was acknowledged is on disk before and after. */
  stop?(): Promise<void>;
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
  /** The caller that acts by this role (policies from the template). */
  assumeRole(roleArn: string, sessionName: string): Caller;
  /** Policies attached to a resource: queue policies, bucket policies, Lambda permissions, bus policies. */
  attachResourcePolicy(resourceArn: string, policy: PolicyDocument): void;

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
  /** Answers an HTTP request to an API Gateway API by its id (CloudFront origins come in here, without a socket). */
  callApi(apiId: string, request: EdgeRequest): Promise<EdgeResponse>;

  /** Services register their part of the above at construction. */
  provide<K extends CloudCapability>(name: K, implementation: Cloud[K]): void;
}
export type CloudCapability = 'invoke' | 'sendMessage' | 'putEvent' | 'deliverMail' | 'readObject' | 'callApi';

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
