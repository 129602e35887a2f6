/** What the bus knows: events, rules, targets, archives, replays. */
import type { JsonObject } from '../../types.ts';
import type { PatternTest } from './pattern.ts';

/** An event as targets receive it. */
export interface BusEvent extends JsonObject {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601 with seconds, as AWS writes it. */
  time: string;
  region: string;
  resources: string[];
  detail: JsonObject;
}

export interface Target {
  Id: string;
  Arn: string;
  RoleArn?: string;
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
  SqsParameters?: { MessageGroupId: string };
  DeadLetterConfig?: { Arn: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
}

export interface Rule {
  name: string;
  arn: string;
  bus: string;
  description?: string;
  enabled: boolean;
  pattern?: JsonObject;
  schedule?: string;
  targets: Target[];
  /** Present when the rule has a pattern. */
  test?: PatternTest;
}

export interface Archive {
  name: string;
  arn: string;
  bus: string;
  description?: string;
  pattern?: JsonObject;
  test?: PatternTest;
  /** 0 keeps for ever. */
  retentionDays: number;
}

export interface Replay {
  name: string;
  archive: string;
  bus: string;
  /** Only these rules get the events; all rules of the bus when empty. */
  ruleArns: string[];
  /** Seconds since the epoch: events of from ≤ time ≤ to. */
  from: number;
  to: number;
  state: 'STARTING' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** Sequence number of the last event that was replayed. */
  cursor: number;
  startedAt: number;
  endedAt?: number;
  lastEventTime?: number;
}
