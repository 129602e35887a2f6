/**
 * EventBridge Scheduler (REST-JSON).
 *
 * Operations: CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule, ListSchedules, CreateScheduleGroup,
 * GetScheduleGroup, DeleteScheduleGroup, ListScheduleGroups.
 * Resource types: AWS::Scheduler::Schedule, AWS::Scheduler::ScheduleGroup.
 * Targets: Lambda, SQS, event bus, SNS, CloudWatch Logs, by their RoleArn. A universal target (`aws-sdk:...`) is refused.
 *
 * Guarantee: a run that fell due is on disk before it is delivered, and leaves only after the target took it. While the platform
 * is down AWS would have gone on: a one-time schedule that fell due meanwhile runs once at the next start; missed runs of
 * recurring schedules are not made up.
 *
 * Differs from AWS: lists come whole; a one-time schedule made for a time that has passed never runs; no quotas.
 */
import { createHash } from 'node:crypto';
import {
  AwsError,
  type AwsRequest,
  type Cloud,
  type JsonObject,
  type RequiredRight,
  type ResourceDeclaration,
  type Service,
} from '../types.ts';
import { inputOf, jsonResponse, unknownOperation } from './json-protocol.ts';
import { createRunner } from './scheduler/runner.ts';
import { makeSchedule, nextRun, type Schedule } from './scheduler/schedule.ts';
import { type Origin, openSchedulerStore } from './scheduler/store.ts';

interface Route {
  operation: string;
  group: string;
  name: string;
}

export function createScheduler(cloud: Cloud): Service {
  const store = openSchedulerStore(cloud.stateDir);
  const runner = createRunner(cloud, store);
  const declared = new Set<string>();
  const prefix = `arn:aws:scheduler:${cloud.region}:${cloud.accountId}`;

  /** Keeps the next run of a schedule whose times did not change, so that a restart moves nothing. */
  function save(schedule: Schedule, origin: Origin): void {
    const before = store.schedule(schedule.Arn);
    const same = before && timing(before.schedule) === timing(schedule);
    store.save(schedule, origin, same ? before.nextAt : nextRun(schedule, Date.now()));
    runner.refresh();
  }

  function find({ group, name }: Route): Schedule {
    const found = store.schedule(`${prefix}:schedule/${group}/${name}`);
    if (!found) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return found.schedule;
  }

  function assertGroup(name: string): { name: string; created: number } {
    const group = store.groups().find((known) => known.name === name);
    if (!group) throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
    return group;
  }

  const groupView = ({ name, created }: { name: string; created: number }): JsonObject => ({
    Name: name,
    Arn: `${prefix}:schedule-group/${name}`,
    State: 'ACTIVE',
    CreationDate: created,
    LastModificationDate: created,
  });

  const operations: Record<string, (route: Route, input: JsonObject, query: URLSearchParams) => JsonObject> = {
    CreateSchedule: (route, input) => {
      assertGroup(route.group);
      if (store.schedule(`${prefix}:schedule/${route.group}/${route.name}`)) {
        throw new AwsError('ConflictException', `Schedule ${route.name} already exists.`, 409);
      }
      const schedule = makeSchedule(cloud, { ...input, Name: route.name, GroupName: route.group });
      save(schedule, 'api');
      return { ScheduleArn: schedule.Arn };
    },
    UpdateSchedule: (route, input) => {
      const before = find(route);
      const made = makeSchedule(cloud, { ...input, Name: route.name, GroupName: route.group }, before.CreationDate);
      save(made, store.schedule(before.Arn)?.origin ?? 'api');
      return { ScheduleArn: made.Arn };
    },
    GetSchedule: (route) => ({ ...find(route) }) as unknown as JsonObject,
    DeleteSchedule: (route) => {
      store.delete(find(route).Arn);
      runner.refresh();
      return {};
    },
    ListSchedules: (_route, _input, query) => {
      const group = query.get('ScheduleGroup');
      const state = query.get('State');
      const start = query.get('NamePrefix') ?? '';
      const found = store
        .schedules()
        .map(({ schedule }) => schedule)
        .filter((schedule) => (group ?? schedule.GroupName) === schedule.GroupName && schedule.Name.startsWith(start))
        .filter((schedule) => (state ?? schedule.State) === schedule.State);
      return {
        Schedules: found.map(({ Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target }) => {
          return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: { Arn: Target.Arn } };
        }),
      };
    },
    CreateScheduleGroup: ({ name }) => {
      store.addGroup(name);
      return { ScheduleGroupArn: `${prefix}:schedule-group/${name}` };
    },
    GetScheduleGroup: ({ name }) => groupView(assertGroup(name)),
    DeleteScheduleGroup: ({ name }) => {
      assertGroup(name);
      if (name === 'default') throw new AwsError('ValidationException', 'The default group cannot be deleted.');
      store.deleteGroup(name);
      runner.refresh();
      return {};
    },
    ListScheduleGroups: () => ({ ScheduleGroups: store.groups().map(groupView) }),
  };

  return {
    names: ['scheduler'],
    resources: {
      'AWS::Scheduler::ScheduleGroup': (resource) => {
        const name = String(resource.properties.Name ?? stableName(resource));
        store.addGroup(name);
        return { ref: name, attributes: { Arn: `${prefix}:schedule-group/${name}`, State: 'ACTIVE' } };
      },
      'AWS::Scheduler::Schedule': (resource) => {
        const Name = String(resource.properties.Name ?? stableName(resource));
        const Arn = `${prefix}:schedule/${resource.properties.GroupName ?? 'default'}/${Name}`;
        const created = store.schedule(Arn)?.schedule.CreationDate;
        save(makeSchedule(cloud, { ...resource.properties, Name }, created), 'template');
        declared.add(Arn);
        return { ref: Name, attributes: { Arn } };
      },
    },
    rights(request): RequiredRight[] {
      const { operation, group, name } = routeOf(request);
      if (operation.startsWith('List')) return [{ action: `scheduler:${operation}`, resource: '*' }];
      const path = operation.endsWith('Group') ? `schedule-group/${name}` : `schedule/${group}/${name}`;
      const right = { action: `scheduler:${operation}`, resource: `${prefix}:${path}` };
      const target = inputOf(request).Target as { RoleArn?: string } | undefined;
      if (!target?.RoleArn) return [right];
      const context = { 'iam:PassedToService': 'scheduler.amazonaws.com' };
      return [right, { action: 'iam:PassRole', resource: target.RoleArn, context }];
    },
    async handle(request) {
      const route = routeOf(request);
      const output = operations[route.operation]?.(route, inputOf(request), request.query);
      if (!output) throw unknownOperation('Scheduler', route.operation);
      return jsonResponse(output, 'application/json');
    },
    async start() {
      for (const { schedule, origin } of store.schedules()) {
        if (origin === 'template' && !declared.has(schedule.Arn)) store.delete(schedule.Arn);
      }
      runner.start();
    },
    async stop() {
      await runner.stop();
      store.close();
    },
    async inspect() {
      return {
        pendingRuns: store.pendingRuns().length,
        schedules: store.schedules().map(({ schedule, nextAt }) => ({
          ...(JSON.parse(JSON.stringify(schedule)) as JsonObject),
          nextRun: nextAt === undefined ? null : new Date(nextAt).toISOString(),
        })),
      };
    },
  };
}

const verbs: Record<string, string> = { GET: 'Get', POST: 'Create', PUT: 'Update', DELETE: 'Delete' };

function routeOf(request: AwsRequest): Route {
  const [, kind, rawName] = /^\/(schedules|schedule-groups)(?:\/([^/]+))?\/?$/.exec(request.path) ?? [];
  const thing = kind === 'schedules' ? 'Schedule' : 'ScheduleGroup';
  const verb = verbs[request.method];
  if (
    !kind ||
    !verb ||
    (rawName === undefined && request.method !== 'GET') ||
    (verb === 'Update' && kind !== 'schedules')
  ) {
    throw unknownOperation('Scheduler', `${request.method} ${request.path}`);
  }
  if (rawName === undefined) return { operation: `List${thing}s`, group: 'default', name: '' };
  const group = request.query.get('groupName') ?? inputOf(request).GroupName ?? 'default';
  return { operation: `${verb}${thing}`, group: String(group), name: decodeURIComponent(rawName) };
}

/** What decides when a schedule runs. */
function timing(schedule: Schedule): string {
  const { ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate, State } = schedule;
  return JSON.stringify([ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate, State]);
}

function stableName({ stack, logicalId }: ResourceDeclaration): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return `${stack.slice(0, 24)}-${logicalId.slice(0, 24)}-${suffix}`;
}
