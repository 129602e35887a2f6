/**
 * Calls handlers as API Gateway would, on a real table, signed in as anybody: the whole adapter runs, with real tokens. Only the user
 * pool is not there; operations that use it are given one by their tests.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Envelope, type EventDeclaration, typeOf } from '../../../events/event.ts';
import { pathOf } from '../../../shared/contracts/contract.ts';
import { newId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/permissions.ts';
import { type User, userEmails, users } from '../../users/user.table.ts';
import { dynamodb } from '../aws-dynamodb.ts';
import { attributes } from '../db.ts';
import type { DeclaredHandler, HttpDeclaration, QueueDeclaration } from '../declaration.ts';
import { type AnyEntity, grant, type KeyOf } from '../entity.ts';
import { env, environmentNames } from '../env.ts';
import type { ApiReply } from '../http/exchange.ts';
import { idempotencyRecords } from '../http/idempotency.table.ts';
import { digestOf } from '../http/idempotency.ts';
import { type ApiEventOptions, apiEvent, lambdaContext, type ReplyJson } from '../http/testing.ts';
import { startTable, type TestTable } from './table.ts';

const POOL = 'us-east-1_AbCdEfGhI';
const CLIENT = 'test-client';

export interface Call extends Omit<ApiEventOptions, 'path' | 'method' | 'headers'> {
  /** Who is signed in; nobody when left out. */
  as?: User | undefined;
  /** `origin_jti` of the token. */
  session?: string;
  headers?: Record<string, string>;
}
export type Answered = ApiReply & { status: number; json: ReplyJson };

export interface Operations {
  readonly table: TestTable;
  /** An active user of this role, written to the table. */
  person(role: Role, changes?: Partial<User>): Promise<User>;
  call(handler: DeclaredHandler<HttpDeclaration>, call?: Call): Promise<Answered>;
  /** Hands events over as their queue does; answers how many came back as failed. */
  deliver(handler: DeclaredHandler<QueueDeclaration>, ...events: readonly Envelope[]): Promise<number>;
  /** Names of the events that the last write of an item carried. */
  ridingOn<E extends AnyEntity>(entity: E, key: KeyOf<E>): Promise<string[]>;
  /** As if the function had been killed before it could keep its reply to this caller's request, and its lease were over. */
  loseReply(handler: DeclaredHandler<HttpDeclaration>, as: Pick<User, 'id'>, idempotencyKey: string): Promise<void>;
  /** An access token as the user pool would give it; `signedInAt`: epoch second of the sign-in, now unless told. */
  token(user: Pick<User, 'id'>, session?: string, signedInAt?: number): string;
  stop(): Promise<void>;
}

export function aUser(role: Role, changes: Partial<User> = {}): User {
  const id = changes.id ?? newId('user');
  const at = '2026-01-01T00:00:00.000Z';
  return {
    id,
    email: `${id.toLowerCase()}@example.com`,
    name: 'Ann Archer',
    role,
    plan: 'Free',
    status: 'active',
    mfaEnabled: false,
    marketingConsent: false,
    acceptedTermsAt: at,
    createdAt: at,
    createdBy: id,
    updatedAt: at,
    updatedBy: id,
    version: 1,
    ...changes,
  };
}

/** An event as it stands on the bus: the declaration's example with `data` over it. */
export function envelopeOf(event: EventDeclaration, data: object = {}): Envelope {
  return {
    specversion: '1.0',
    id: newId('event'),
    source: `mewayz.${event.area}`,
    type: typeOf(event),
    subject: 'subject',
    time: new Date().toISOString(),
    dataschema: 'schemas/test.json',
    datacontenttype: 'application/json',
    correlationid: 'test-correlation',
    actor: { id: 'system', type: 'system' },
    sequence: 1,
    data: { ...event.example, ...data },
  };
}

export async function startOperations(entities: readonly AnyEntity[] = []): Promise<Operations> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' };
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    [environmentNames.stage]: 'test',
    [environmentNames.publicUrl]: 'https://app.example.com',
    [environmentNames.userPoolId]: POOL,
    [environmentNames.userPoolClientId]: CLIENT,
    [environmentNames.userPoolClientSecret]: 'secret',
    [environmentNames.signUpClientId]: `${CLIENT}-sign-up`,
    [environmentNames.signUpClientSecret]: 'sign-up secret',
    [environmentNames.uploadsBucket]: 'uploads',
    [environmentNames.jwks]: JSON.stringify({ keys: [jwk] }),
  });
  const table = await startTable(entities);
  const seeding = table.db({
    table: {
      users: grant(users, 'put'),
      emails: grant(userEmails, 'put'),
      records: grant(idempotencyRecords, 'update'),
    },
  });

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (user: Pick<User, 'id'>, session = 'session-1', signedInAt?: number) => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      sub: user.id,
      username: user.id,
      client_id: CLIENT,
      token_use: 'access',
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`,
      auth_time: signedInAt ?? now,
      iat: Math.max(now, signedInAt ?? now),
      exp: now + 900,
      origin_jti: session,
    };
    const text = `${part({ alg: 'RS256', kid: 'test' })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };

  return {
    table,
    token,
    async person(role, changes) {
      const user = aUser(role, changes);
      await seeding.write(seeding.users.put(user), seeding.emails.put({ name: user.email, userId: user.id }));
      return user;
    },
    async call(handler, { as, session, headers, ...rest } = {}) {
      const { contract } = handler.declaration;
      const event = apiEvent({
        method: contract.method,
        path: pathOf(contract, rest.params),
        headers: { ...(as && { authorization: `Bearer ${token(as, session)}` }), ...headers },
        ...rest,
      });
      const reply = (await handler(event as never, lambdaContext as never)) as ApiReply;
      const text = reply.isBase64Encoded ? '' : reply.body;
      const json = /json/.test(reply.headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : {};
      return Object.assign(reply, { status: reply.statusCode, json });
    },
    async deliver(handler, ...events) {
      const Records = events.map((detail) => ({
        messageId: detail.id,
        body: JSON.stringify({ detail }),
        attributes: { ApproximateReceiveCount: '1' },
      }));
      const lambda = { ...lambdaContext, awsRequestId: 'test-request' };
      const answer = (await handler({ Records } as never, lambda as never)) as { batchItemFailures: unknown[] };
      return answer.batchItemFailures.length;
    },
    async ridingOn(entity, key) {
      const { Item } = await dynamodb().send(
        new GetCommand({ TableName: env('tableName'), Key: { ...entity.key(key) }, ConsistentRead: true }),
      );
      return ((Item?.[attributes.events] ?? []) as { n: string }[]).map((rider) => rider.n);
    },
    async loseReply({ declaration: { id } }, as, idempotencyKey) {
      await seeding.write(
        seeding.records.update(
          { digest: digestOf(id, as.id, idempotencyKey) },
          { set: { state: 'running', lease: 0 }, remove: ['status', 'headers', 'body'] },
        ),
      );
    },
    stop: () => table.stop(),
  };
}
