/** A schedule as Scheduler keeps it, what makes it valid, and when it runs next. */
import { AwsError, type Cloud, type JsonObject } from '../../types.ts';
import { assertSupportedTarget } from '../events/send-to-target.ts';
import { parseScheduleExpression } from './expression.ts';

export interface ScheduleTarget {
  Arn: string;
  RoleArn: string;
  Input?: string;
  SqsParameters?: { MessageGroupId?: string };
  EventBridgeParameters?: { DetailType: string; Source: string };
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumEventAgeInSeconds?: number; MaximumRetryAttempts?: number };
}

export interface Schedule {
  Name: string;
  GroupName: string;
  Arn: string;
  Description?: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone: string;
  State: 'ENABLED' | 'DISABLED';
  FlexibleTimeWindow: { Mode: 'OFF' | 'FLEXIBLE'; MaximumWindowInMinutes?: number };
  ActionAfterCompletion: 'NONE' | 'DELETE';
  Target: ScheduleTarget;
  /** Seconds since the epoch. */
  StartDate?: number;
  EndDate?: number;
  CreationDate: number;
  LastModificationDate: number;
}

/** A valid schedule, or ValidationException. */
export function makeSchedule(cloud: Cloud, input: JsonObject, created?: number): Schedule {
  const Name = String(input.Name);
  const GroupName = String(input.GroupName ?? 'default');
  const timeZone = String(input.ScheduleExpressionTimezone ?? 'UTC');
  parseScheduleExpression(String(input.ScheduleExpression), timeZone);
  const window = input.FlexibleTimeWindow as unknown as Schedule['FlexibleTimeWindow'] | undefined;
  if (!window) throw new AwsError('ValidationException', 'FlexibleTimeWindow is required.');
  const target = input.Target as unknown as ScheduleTarget | undefined;
  if (!target?.RoleArn) throw new AwsError('ValidationException', 'Target with Arn and RoleArn is required.');
  assertTarget(target);
  const now = Date.now() / 1000;
  return {
    Name,
    GroupName,
    Arn: `arn:aws:scheduler:${cloud.region}:${cloud.accountId}:schedule/${GroupName}/${Name}`,
    Description: input.Description === undefined ? undefined : String(input.Description),
    ScheduleExpression: String(input.ScheduleExpression),
    ScheduleExpressionTimezone: timeZone,
    State: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    FlexibleTimeWindow: window,
    ActionAfterCompletion: input.ActionAfterCompletion === 'DELETE' ? 'DELETE' : 'NONE',
    Target: target,
    StartDate: seconds(input.StartDate),
    EndDate: seconds(input.EndDate),
    CreationDate: created ?? now,
    LastModificationDate: now,
  };
}

function assertTarget({ Arn, Input, EventBridgeParameters }: ScheduleTarget): void {
  if (Arn.startsWith('arn:aws:scheduler:::')) {
    throw new AwsError('ValidationException', `Universal target ${Arn} is not supported by the local platform.`);
  }
  assertSupportedTarget(Arn);
  if (Arn.split(':')[2] === 'events' && !EventBridgeParameters) {
    throw new AwsError('ValidationException', 'EventBridgeParameters are required for an event bus.');
  }
  const needsJson = ['events', 'lambda'].includes(Arn.split(':')[2] ?? '');
  if (needsJson && Input !== undefined && !isJson(Input.replace(/<aws\.scheduler\.[\w-]+>/g, '0'))) {
    throw new AwsError('ValidationException', `Input for ${Arn} must be valid JSON.`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** First run after a time, in milliseconds since the epoch; undefined when it is over or disabled. */
export function nextRun(schedule: Schedule, after: number): number | undefined {
  if (schedule.State === 'DISABLED') return undefined;
  const start = (schedule.StartDate ?? 0) * 1000;
  const anchor = Math.max(start, schedule.CreationDate * 1000);
  const expression = parseScheduleExpression(schedule.ScheduleExpression, schedule.ScheduleExpressionTimezone);
  const next = expression.next(Math.max(after, start - 1), anchor);
  const over = expression.kind !== 'at' && next !== undefined && next > (schedule.EndDate ?? Infinity) * 1000;
  return over ? undefined : next;
}

/** A random time within the flexible window, in milliseconds. */
export function windowDelay({ FlexibleTimeWindow: { Mode, MaximumWindowInMinutes = 0 } }: Schedule): number {
  return Mode === 'FLEXIBLE' ? Math.floor(Math.random() * MaximumWindowInMinutes * 60_000) : 0;
}

function seconds(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' ? value : Date.parse(String(value)) / 1000;
}
