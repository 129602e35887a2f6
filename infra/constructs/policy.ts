/**
 * From what a function declares to what its role may do. Pure: declarations and ARNs in, statements out. Every statement
 * names single actions on single resources.
 */
import type { Access } from '../../functions/platform/declaration.ts';
import type { IndexName, Pattern } from '../../functions/platform/entity.ts';
import { indexNameOf } from '../../functions/platform/table-schema.ts';

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** ARNs that access may lead to. A function is asked for, so that no stack refers to what its functions do not use. */
export interface ResourceArns {
  table(): string;
  userPool(): string;
  bus(): string;
  auditBucket(): string;
  uploadsBucket(): string;
  mediaBucket(): string;
  /** The mail identity and the configuration set it sends with. */
  mail(): { identity: string; configurationSet: string; from: string };
  /** Queues whose state readiness reports. */
  probeQueues(): readonly string[];
}

const itemActions = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

const objectActions = { get: 's3:GetObject', put: 's3:PutObject', delete: 's3:DeleteObject' } as const;

/** The rights on the table: per entity its own keys only, on the table and on just the indexes that its patterns read. */
export function tableStatements(access: Access, tableArn: string): Statement[] {
  const rights = new Map<string, { index?: IndexName; partition: string; actions: Set<string> }>();
  for (const { entity, actions } of Object.values(access.table ?? {})) {
    for (const action of actions) {
      const index = action.startsWith('query:') ? patternOf(entity.name, entity.patterns, action).index : undefined;
      const key = `${index ?? ''} ${entity.partition}`;
      const right = rights.get(key) ?? { index, partition: entity.partition, actions: new Set<string>() };
      right.actions.add(itemActions[action as keyof typeof itemActions] ?? 'dynamodb:Query');
      rights.set(key, right);
    }
  }
  const grouped = new Map<string, { index?: IndexName; partitions: string[]; actions: string[] }>();
  for (const { index, partition, actions } of rights.values()) {
    const sorted = [...actions].sort();
    const key = `${index ?? ''} ${sorted.join()}`;
    const group = grouped.get(key) ?? { index, partitions: [], actions: sorted };
    group.partitions.push(partition);
    grouped.set(key, group);
  }
  return [...grouped.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { index, partitions, actions }]) => ({
      actions,
      resources: [index ? `${tableArn}/index/${indexNameOf(index)}` : tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.sort().map((partition) => `${partition}#*`) },
      },
    }));
}

// biome-ignore lint/suspicious/noExplicitAny: a pattern's argument type does not matter here
function patternOf(entity: string, patterns: Readonly<Record<string, Pattern<any>>>, action: string): Pattern<any> {
  const name = action.slice('query:'.length);
  const pattern = patterns[name];
  if (!pattern) throw new Error(`${entity} has no access pattern "${name}".`);
  return pattern;
}

/** Every right that the access gives, triggers and logs apart. */
export function statementsOf(access: Access, arns: ResourceArns): Statement[] {
  const statements: Statement[] = [];
  if (Object.keys(access.table ?? {}).length > 0) statements.push(...tableStatements(access, arns.table()));
  if (access.identity && access.identity.length > 0) {
    const actions = [...access.identity].sort().map((action) => `cognito-idp:${action}`);
    statements.push({ actions, resources: [arns.userPool()] });
  }
  if (access.publish) statements.push({ actions: ['events:PutEvents'], resources: [arns.bus()] });
  if (access.anchor) statements.push({ actions: ['s3:PutObject'], resources: [`${arns.auditBucket()}/audit/*`] });
  for (const [right, bucket] of [
    [access.uploads, arns.uploadsBucket],
    [access.media, arns.mediaBucket],
  ] as const) {
    if (!right) continue;
    const actions = right.actions.map((action) => objectActions[action]).sort();
    statements.push({ actions, resources: [`${bucket()}/${right.prefix}*`] });
  }
  if (access.mail) {
    const { identity, configurationSet, from } = arns.mail();
    statements.push({
      actions: ['ses:SendEmail'],
      resources: [identity, configurationSet],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    });
  }
  if (access.probe) {
    statements.push(
      { actions: ['dynamodb:DescribeTable'], resources: [arns.table()] },
      { actions: ['events:DescribeEventBus'], resources: [arns.bus()] },
      { actions: ['cognito-idp:DescribeUserPool'], resources: [arns.userPool()] },
    );
    const queues = arns.probeQueues();
    if (queues.length > 0) statements.push({ actions: ['sqs:GetQueueAttributes'], resources: queues });
  }
  return statements;
}
