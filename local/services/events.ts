/**
 * EventBridge: buses, rules, targets, archives, replays (JSON 1.1, `AWSEvents.*`).
 *
 * Operations: PutEvents, TestEventPattern, DescribeEventBus, ListEventBuses, PutRule, DescribeRule, ListRules, EnableRule,
 * DisableRule, DeleteRule, PutTargets, RemoveTargets, ListTargetsByRule, DescribeArchive, ListArchives, StartReplay,
 * DescribeReplay, ListReplays.
 * Resource types: AWS::Events::EventBus, EventBusPolicy, Rule, Archive. Connection, ApiDestination and Endpoint stop the start.
 * Targets: SQS, Lambda, event bus, SNS, CloudWatch Logs.
 *
 * Guarantee: what PutEvents accepted is on disk, for each matching target, before the reply; a killed process delivers it after
 * the next start. At least once, no promised order.
 *
 * Differs from AWS: an unknown bus is an error of the entry (AWS takes the event and drops it); a change made through the API to
 * a rule of a template lasts until the next start; lists come whole (NextToken and Limit are not used); no request-rate limits;
 * an archive is written at once, without the delay that AWS has.
 */
import type { Cloud, JsonObject, RequiredRight, Service } from '../types.ts';
import { busName, createBroker } from './events/broker.ts';
import { archiveView, type EventsContext, operations, ruleArn, ruleView } from './events/operations.ts';
import { completeEvent } from './events/put-events.ts';
import { createReplayer } from './events/replay.ts';
import { eventResources } from './events/resources.ts';
import { createScheduledRules } from './events/scheduled-rules.ts';
import { openEventStore } from './events/store.ts';
import { inputOf, jsonResponse, unknownOperation } from './json-protocol.ts';

const expiryIntervalMs = 3_600_000;

export function createEvents(cloud: Cloud): Service {
  const store = openEventStore(cloud.stateDir);
  const broker = createBroker(cloud, store);
  const replayer = createReplayer(cloud, broker, store);
  const scheduledRules = createScheduledRules(cloud, broker, store);
  const context: EventsContext = { cloud, broker, store, replayer, ruleChanged: scheduledRules.refresh };
  let expiry: NodeJS.Timeout | undefined;

  // An event in the form that targets receive; what is left out (id, time, ...) is filled in.
  cloud.provide('putEvent', async (busArn, event, caller) => {
    const bus = broker.bus(busArn);
    // What AWS's own services tell comes to the account's default bus, without a policy that says so.
    if (caller.kind !== 'service' || bus.name !== 'default')
      cloud.authorize(caller, putRight(bus.arn, event.source, event['detail-type']));
    broker.accept([{ bus, event: completeEvent(cloud, event) }]);
  });

  function expireArchives(): void {
    for (const { name, retentionDays } of broker.archives.values()) {
      if (retentionDays > 0) store.expireArchived(name, Math.floor(Date.now() / 1000) - retentionDays * 86_400);
    }
  }

  return {
    names: ['events'],
    resources: eventResources(cloud, broker),
    rights(request) {
      return rightsOf(context, request.operation ?? '', inputOf(request));
    },
    async handle(request) {
      const operation = operations[request.operation ?? ''];
      if (!operation) throw unknownOperation('EventBridge', request.operation);
      return jsonResponse(operation(context, inputOf(request)));
    },
    async start() {
      broker.dispatcher.start();
      replayer.start();
      scheduledRules.start();
      expireArchives();
      expiry = setInterval(expireArchives, expiryIntervalMs).unref();
    },
    async stop() {
      clearInterval(expiry);
      scheduledRules.stop();
      await replayer.stop();
      await broker.dispatcher.stop();
      store.close();
    },
    async inspect() {
      return {
        pendingDeliveries: store.pendingCount(),
        buses: [...broker.buses.values()].map(({ name, arn, recent }) => ({ name, arn, recent })),
        rules: [...broker.rules.values()].map((rule) => ({
          ...ruleView(rule),
          Targets: rule.targets.map(({ Id, Arn }) => ({ Id, Arn })),
        })),
        archives: [...broker.archives.values()].map((archive) => archiveView(context, archive)),
        replays: replayer.list().Replays ?? [],
      };
    },
  };
}

function rightsOf({ cloud, broker }: EventsContext, operation: string, input: JsonObject): RequiredRight[] {
  const prefix = `arn:aws:events:${cloud.region}:${cloud.accountId}`;
  const busArn = (name: unknown) => `${prefix}:event-bus/${busName(String(name ?? 'default'))}`;
  switch (operation) {
    case 'PutEvents': {
      const entries = (input.Entries ?? []) as { EventBusName?: string; Source?: string; DetailType?: string }[];
      const rights = entries.map((entry) => putRight(busArn(entry.EventBusName), entry.Source, entry.DetailType));
      return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
    }
    case 'TestEventPattern':
    case 'ListEventBuses':
    case 'ListArchives':
    case 'ListReplays':
    case 'ListRules':
      return [{ action: `events:${operation}`, resource: '*' }];
    case 'DescribeEventBus':
      return [{ action: 'events:DescribeEventBus', resource: busArn(input.Name) }];
    case 'DescribeArchive':
      return [{ action: 'events:DescribeArchive', resource: `${prefix}:archive/${input.ArchiveName}` }];
    case 'StartReplay':
      return [{ action: 'events:StartReplay', resource: String(input.EventSourceArn) }];
    case 'DescribeReplay':
      return [{ action: 'events:DescribeReplay', resource: `${prefix}:replay/${input.ReplayName}` }];
    default:
      if (!operations[operation]) throw unknownOperation('EventBridge', operation);
      return [{ action: `events:${operation}`, resource: ruleArn(broker, input) }];
  }
}

function putRight(busArn: string, source: unknown, detailType: unknown): RequiredRight {
  return {
    action: 'events:PutEvents',
    resource: busArn,
    context: { 'events:source': String(source ?? ''), 'events:detail-type': String(detailType ?? '') },
  };
}
