/** The operations of EventBridge apart from PutEvents and replays. Rules made here are kept in the store. */
import { AwsError, type Cloud, type Json, type JsonObject } from '../../types.ts';
import { type Broker, type Bus, busName } from './broker.ts';
import type { Archive, Rule, Target } from './model.ts';
import { compilePattern } from './pattern.ts';
import { putEvents } from './put-events.ts';
import type { Replayer } from './replay.ts';
import { scheduleOf } from './resources.ts';
import { assertSupportedTarget } from './send-to-target.ts';
import type { EventStore } from './store.ts';

export interface EventsContext {
  cloud: Cloud;
  broker: Broker;
  store: EventStore;
  replayer: Replayer;
  /** To be called after a rule was made, changed or deleted. */
  ruleChanged(ruleArn: string): void;
}
type Operation = (context: EventsContext, input: JsonObject) => JsonObject;

export const operations: Record<string, Operation> = {
  PutEvents: ({ cloud, broker }, input) => putEvents(cloud, broker, input),
  TestEventPattern: (_context, input) => {
    const test = compilePattern(String(input.EventPattern));
    return { Result: test(JSON.parse(String(input.Event)) as Json) };
  },

  DescribeEventBus: ({ broker }, input) => busView(broker.bus(text(input.Name))),
  ListEventBuses: ({ broker }, input) => ({
    EventBuses: [...broker.buses.values()].filter(startsWith(input.NamePrefix)).map(busView),
  }),

  PutRule: (context, input) => {
    const { broker } = context;
    const bus = broker.bus(text(input.EventBusName));
    const name = required(input, 'Name');
    const arn = broker.ruleArn(bus.name, name);
    const schedule = scheduleOf(text(input.ScheduleExpression), bus.name);
    if (input.EventPattern === undefined && schedule === undefined) {
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (input.EventPattern !== undefined) compilePattern(String(input.EventPattern));
    saveRule(context, {
      name,
      arn,
      bus: bus.name,
      description: text(input.Description),
      enabled: input.State !== 'DISABLED',
      pattern: input.EventPattern === undefined ? undefined : (JSON.parse(String(input.EventPattern)) as JsonObject),
      schedule,
      targets: broker.rules.get(arn)?.targets ?? [],
    });
    return { RuleArn: arn };
  },
  DescribeRule: ({ broker }, input) => ruleView(findRule(broker, input)),
  ListRules: ({ broker }, input) => {
    const bus = broker.bus(text(input.EventBusName));
    const rules = [...broker.rules.values()].filter((rule) => rule.bus === bus.name);
    return { Rules: rules.filter(startsWith(input.NamePrefix)).map(ruleView) };
  },
  EnableRule: (context, input) => saveRule(context, { ...findRule(context.broker, input), enabled: true }),
  DisableRule: (context, input) => saveRule(context, { ...findRule(context.broker, input), enabled: false }),
  DeleteRule: (context, input) => {
    const rule = context.broker.rules.get(ruleArn(context.broker, input));
    if (!rule) return {};
    if (rule.targets.length > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    context.broker.rules.delete(rule.arn);
    context.store.deleteRule(rule.arn);
    context.ruleChanged(rule.arn);
    return {};
  },
  PutTargets: (context, input) => {
    const rule = findRule(context.broker, input, 'Rule');
    const added = (input.Targets ?? []) as unknown as Target[];
    for (const target of added) assertSupportedTarget(target.Arn);
    const kept = rule.targets.filter(({ Id }) => !added.some((target) => target.Id === Id));
    saveRule(context, { ...rule, targets: [...kept, ...added] });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
  RemoveTargets: (context, input) => {
    const rule = findRule(context.broker, input, 'Rule');
    const ids = (input.Ids ?? []) as string[];
    saveRule(context, { ...rule, targets: rule.targets.filter(({ Id }) => !ids.includes(Id)) });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
  ListTargetsByRule: ({ broker }, input) => ({
    Targets: findRule(broker, input, 'Rule').targets as unknown as Json[],
  }),

  DescribeArchive: (context, input) => {
    const archive = context.broker.archives.get(required(input, 'ArchiveName'));
    if (!archive) throw new AwsError('ResourceNotFoundException', `Archive ${input.ArchiveName} does not exist.`);
    return archiveView(context, archive);
  },
  ListArchives: (context, input) => ({
    Archives: [...context.broker.archives.values()]
      .filter(startsWith(input.NamePrefix))
      .map((archive) => archiveView(context, archive)),
  }),
  StartReplay: ({ replayer }, input) => replayer.startReplay(input),
  DescribeReplay: ({ replayer }, input) => replayer.describe(required(input, 'ReplayName')),
  ListReplays: ({ replayer }, input) => replayer.list(text(input.NamePrefix)),
};

function saveRule({ broker, store, ruleChanged }: EventsContext, rule: Rule): JsonObject {
  const { test: _compiled, ...definition } = rule;
  broker.addRule(definition);
  store.saveRule(definition);
  ruleChanged(rule.arn);
  return {};
}

export function ruleArn(broker: Broker, input: JsonObject, nameField = 'Name'): string {
  return broker.ruleArn(busName(text(input.EventBusName) ?? 'default'), String(input[nameField] ?? input.Rule));
}

function findRule(broker: Broker, input: JsonObject, nameField = 'Name'): Rule {
  const rule = broker.rules.get(ruleArn(broker, input, nameField));
  if (rule) return rule;
  const bus = broker.bus(text(input.EventBusName)).name;
  throw new AwsError('ResourceNotFoundException', `Rule ${input[nameField]} does not exist on EventBus ${bus}.`);
}

function busView({ name, arn, description }: Bus): JsonObject {
  return { Name: name, Arn: arn, ...(description === undefined ? {} : { Description: description }) };
}

export function ruleView(rule: Rule): JsonObject {
  const view: Record<string, Json | undefined> = {
    Name: rule.name,
    Arn: rule.arn,
    EventBusName: rule.bus,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    EventPattern: rule.pattern && JSON.stringify(rule.pattern),
    ScheduleExpression: rule.schedule,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as JsonObject;
}

export function archiveView({ broker, store }: EventsContext, archive: Archive): JsonObject {
  const { count, bytes } = store.archiveSize(archive.name);
  return {
    ArchiveArn: archive.arn,
    ArchiveName: archive.name,
    EventSourceArn: broker.bus(archive.bus).arn,
    State: 'ENABLED',
    RetentionDays: archive.retentionDays,
    EventCount: count,
    SizeBytes: bytes,
    ...(archive.description === undefined ? {} : { Description: archive.description }),
    ...(archive.pattern === undefined ? {} : { EventPattern: JSON.stringify(archive.pattern) }),
  };
}

function startsWith(prefix: Json | undefined): (named: { name: string }) => boolean {
  return ({ name }) => name.startsWith(text(prefix) ?? '');
}

function required(input: JsonObject, field: string): string {
  const value = text(input[field]);
  if (value) return value;
  throw new AwsError('ValidationException', `Parameter ${field} is required.`);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
