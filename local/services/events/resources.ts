/** AWS::Events::* resource types. Templates are read again at each start, so their rules are kept in memory only. */
import { createHash } from 'node:crypto';
import {
  AwsError,
  type Cloud,
  type JsonObject,
  type PolicyDocument,
  type PolicyStatement,
  type ResourceDeclaration,
  type ResourceProvider,
} from '../../types.ts';
import { parseScheduleExpression } from '../scheduler/expression.ts';
import { type Broker, busName } from './broker.ts';
import type { Target } from './model.ts';

export function eventResources(cloud: Cloud, broker: Broker): Record<string, ResourceProvider> {
  return {
    'AWS::Events::EventBus': ({ properties, ...resource }) => {
      const bus = broker.addBus(String(properties.Name ?? stableName(resource)), optional(properties.Description));
      if (properties.Policy) cloud.attachResourcePolicy(bus.arn, properties.Policy as unknown as PolicyDocument);
      return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name, Policy: properties.Policy ?? '' } };
    },
    'AWS::Events::EventBusPolicy': ({ properties }) => {
      const bus = broker.bus(optional(properties.EventBusName));
      const sid = String(properties.StatementId);
      const given = properties.Statement as unknown as PolicyStatement | undefined;
      const { Action, Principal, Condition } = properties;
      const principal = Principal === '*' ? '*' : { AWS: String(Principal) };
      const flat = { Effect: 'Allow', Action, Principal: principal, Resource: bus.arn } as PolicyStatement;
      const condition = Condition as { Type: string; Key: string; Value: string } | undefined;
      if (condition) flat.Condition = { [condition.Type]: { [condition.Key]: condition.Value } };
      cloud.attachResourcePolicy(bus.arn, { Version: '2012-10-17', Statement: [{ Sid: sid, ...(given ?? flat) }] });
      return { ref: sid };
    },
    'AWS::Events::Rule': ({ properties, ...resource }) => {
      const name = String(properties.Name ?? stableName(resource));
      const bus = broker.bus(optional(properties.EventBusName));
      const rule = broker.addRule({
        name,
        arn: broker.ruleArn(bus.name, name),
        bus: bus.name,
        description: optional(properties.Description),
        enabled: (properties.State ?? 'ENABLED') !== 'DISABLED',
        pattern: properties.EventPattern as JsonObject | undefined,
        schedule: scheduleOf(optional(properties.ScheduleExpression), bus.name),
        targets: (properties.Targets ?? []) as unknown as Target[],
      });
      return { ref: bus.name === 'default' ? name : `${bus.name}|${name}`, attributes: { Arn: rule.arn } };
    },
    'AWS::Events::Archive': ({ properties, ...resource }) => {
      const name = String(properties.ArchiveName ?? stableName(resource).slice(0, 48));
      const arn = broker.archiveArn(name);
      broker.addArchive({
        name,
        arn,
        bus: busName(String(properties.SourceArn)),
        description: optional(properties.Description),
        pattern: properties.EventPattern as JsonObject | undefined,
        retentionDays: Number(properties.RetentionDays ?? 0),
      });
      return { ref: name, attributes: { Arn: arn, ArchiveName: name } };
    },
    'AWS::Events::Connection': notSupported,
    'AWS::Events::ApiDestination': notSupported,
    'AWS::Events::Endpoint': notSupported,
  };
}

/** Checks a rule's schedule; undefined when it has none. */
export function scheduleOf(expression: string | undefined, bus: string): string | undefined {
  if (expression === undefined) return undefined;
  if (bus !== 'default') {
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  }
  if (parseScheduleExpression(expression).kind === 'at') {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
  return expression;
}

/** A name like CloudFormation's, but the same at every start. */
function stableName({ stack, logicalId }: Pick<ResourceDeclaration, 'stack' | 'logicalId'>): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return `${stack.slice(0, 24)}-${logicalId.slice(0, 24)}-${suffix}`;
}

const notSupported: ResourceProvider = ({ type, logicalId }) => {
  throw new AwsError('NotSupported', `${logicalId}: ${type} is not supported by the local platform.`);
};

function optional(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
