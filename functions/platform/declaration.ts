/**
 * What a Lambda function declares of itself. Infrastructure is derived from it: the role with exactly these rights, the
 * trigger, the alarm. Nothing here runs at import.
 */
import type { EventDeclaration } from '../../events/event.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import type { Grant } from './entity.ts';

/** Operations of the user pool that need rights (those by app client or access token need none in AWS). */
export type IdentityAction =
  | 'AdminAddUserToGroup'
  | 'AdminConfirmSignUp'
  | 'AdminCreateUser'
  | 'AdminDeleteUser'
  | 'AdminDisableUser'
  | 'AdminEnableUser'
  | 'AdminGetUser'
  | 'AdminInitiateAuth'
  | 'AdminRemoveUserFromGroup'
  | 'AdminResetUserPassword'
  | 'AdminRespondToAuthChallenge'
  | 'AdminSetUserMFAPreference'
  | 'AdminSetUserPassword'
  | 'AdminUpdateUserAttributes'
  | 'AdminUserGlobalSignOut'
  | 'DescribeUserPool';

/** Everything a function may touch. What is not here is denied by IAM, and `db` has no method for it. */
export interface Access {
  /** Entities by the name under which the handler sees them: `{ orders: grant(orders, 'get') }` gives `db.orders.get`. */
  readonly table?: Readonly<Record<string, Grant>>;
  readonly identity?: readonly IdentityAction[];
  /** Acts on the user pool by its app clients: gets their ids and secrets. */
  readonly identityClient?: true;
  /** May put events on the bus (only the stream publisher does). */
  readonly publish?: true;
  /** May send mail from the platform's address. */
  readonly mail?: true;
  /** May lock the end of a day's audit trail away: s3:PutObject below `audit/`. */
  readonly anchor?: true;
  /** Files that people sent, below one folder: `put` signs forms by which they do. */
  readonly uploads?: { readonly prefix: `${string}/`; readonly actions: readonly ('get' | 'put' | 'delete')[] };
  /** Files that the web application shows, below one folder. */
  readonly media?: { readonly prefix: `media/${string}/`; readonly actions: readonly ('put' | 'delete')[] };
  /** May ask whether the dependencies answer: DescribeTable, DescribeEventBus, GetQueueAttributes, DescribeUserPool. */
  readonly probe?: true;
}

interface FunctionDeclarationBase {
  /** `<area>.<file name without .ts>`; names the function, its role, its log group and its metrics. */
  readonly id: string;
  readonly access: Access;
  /** What breaks for people when this function fails: stands in its alarm. */
  readonly errorImpact: string;
  /** Default 512. CPU follows memory. */
  readonly memoryMb?: number;
  /** Default 10 for http, 30 for the others. */
  readonly timeoutSeconds?: number;
}
export interface HttpDeclaration extends FunctionDeclarationBase {
  readonly kind: 'http';
  readonly contract: Contract;
}
/** A reaction: bus → rule → queue with dead-letter queue → this function. */
export interface QueueDeclaration extends FunctionDeclarationBase {
  readonly kind: 'queue';
  readonly on: readonly EventDeclaration[];
  /** Messages handed over at once; default 10. */
  readonly batchSize?: number;
  /** Highest number of copies that work at once; default 5. */
  readonly maxConcurrency?: number;
  /** Seconds for which messages are gathered before they are handed over, unless they are a batch earlier; default 0. */
  readonly gatherSeconds?: number;
}
/** What a service of AWS tells EventBridge, by the name that it has there. */
export type ServiceEvent =
  /** Amazon S3: a file was sent into the bucket of uploads, under a key that begins like this. */
  | { readonly name: 'Object Created'; readonly prefix: string }
  /** Amazon SES: it has taken a mail of the platform. */
  | { readonly name: 'Email Sent' };
/** A reaction on it: the account's own bus → rule → queue with dead-letter queue → this function. */
export interface ServiceEventDeclaration extends FunctionDeclarationBase {
  readonly kind: 'service-event';
  readonly on: ServiceEvent;
}
/** A consumer of the table's stream. */
export interface StreamDeclaration extends FunctionDeclarationBase {
  readonly kind: 'stream';
  /** EventBridge-style patterns; a record that matches none never starts the function. */
  readonly filters: readonly object[];
  readonly batchSize?: number;
  /** Seconds for which records are gathered before they are handed over, unless they are a batch earlier; default 0. */
  readonly gatherSeconds?: number;
}
export interface ScheduleDeclaration extends FunctionDeclarationBase {
  readonly kind: 'schedule';
  /** EventBridge Scheduler expression: `rate(5 minutes)`, `cron(0 3 * * ? *)`. */
  readonly schedule: string;
}
/** Answers requests that no route matches, on both faces. It belongs to no contract. */
export interface FallbackDeclaration extends FunctionDeclarationBase {
  readonly kind: 'fallback';
}
/** A CloudFormation custom resource. */
export interface ResourceDeclaration extends FunctionDeclarationBase {
  readonly kind: 'resource';
}
/** What the user pool asks while it does something of its own. */
export interface TriggerDeclaration extends FunctionDeclarationBase {
  readonly kind: 'trigger';
  readonly trigger: 'CustomMessage';
}
export type FunctionDeclaration =
  | HttpDeclaration
  | QueueDeclaration
  | ServiceEventDeclaration
  | StreamDeclaration
  | ScheduleDeclaration
  | FallbackDeclaration
  | ResourceDeclaration
  | TriggerDeclaration;

/** A Lambda handler that carries its declaration. Registries export these. */
export interface DeclaredHandler<D extends FunctionDeclaration = FunctionDeclaration> {
  (event: never, context: never): Promise<unknown>;
  readonly declaration: D;
}
