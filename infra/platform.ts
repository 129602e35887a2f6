/**
 * What the stacks share. The shared stacks fill it in, in the order in which they are deployed; the areas' functions take from it
 * only what they declare, so a stack refers only to what its functions use.
 */
import { Aws, Lazy } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { EnvName } from '../functions/platform/env.ts';
import type { ResourceArns } from './constructs/policy.ts';
import { bucketName } from './names.ts';
import type { StageConfig } from './stages.ts';

/** A queue that readiness may ask. */
export interface ProbedQueue {
  readonly arn: string;
  readonly url: string;
}

export class Platform {
  readonly config: StageConfig;
  /** The bundle of a function. */
  readonly code: (id: string) => Code;
  readonly arns: ResourceArns;
  readonly queues: ProbedQueue[] = [];
  readonly #settings = new Map<EnvName, string>();
  readonly #arns = new Map<string, string>();
  #alarmTopic: ITopic | undefined;
  #apis: { readonly browser: string; readonly partner: string } | undefined;

  constructor(config: StageConfig, code: (id: string) => Code) {
    this.config = config;
    this.code = code;
    this.arns = {
      table: () => this.#arn('table'),
      userPool: () => this.#arn('userPool'),
      bus: () => this.#arn('bus'),
      auditBucket: () => this.#arn('auditBucket'),
      uploadsBucket: () => `arn:${Aws.PARTITION}:s3:::${bucketName(config.name, 'uploads')}`,
      mediaBucket: () => `arn:${Aws.PARTITION}:s3:::${bucketName(config.name, 'media')}`,
      mail: () => ({
        identity: this.#arn('mailIdentity'),
        configurationSet: this.#arn('mailConfigurationSet'),
        from: config.mailFrom,
      }),
      probeQueues: () => this.queues.map((queue) => queue.arn),
    };
    this.provide('stage', config.name);
    this.provide('mailFrom', config.mailFrom);
    this.provide('uploadsBucket', bucketName(config.name, 'uploads'));
    this.provide('mediaBucket', bucketName(config.name, 'media'));
    this.provide('listShards', String(config.listShards));
    if (config.corsOrigins.length > 0) this.provide('corsOrigins', config.corsOrigins.join());
  }

  /** A setting becomes known. */
  provide(name: EnvName, value: string): void {
    this.#settings.set(name, value);
  }
  /** Value of a setting; undefined when the stage leaves it out. */
  setting(name: EnvName): string | undefined {
    if (name === 'probeQueues') return Lazy.string({ produce: () => this.queues.map((queue) => queue.url).join() });
    return this.#settings.get(name);
  }

  /** An ARN becomes known. */
  provideArn(
    name: 'table' | 'tableStream' | 'userPool' | 'bus' | 'auditBucket' | 'mailIdentity' | 'mailConfigurationSet',
    arn: string,
  ): void {
    this.#arns.set(name, arn);
  }
  #arn(name: string): string {
    const arn = this.#arns.get(name);
    if (arn === undefined) throw new Error(`No stack has provided the ARN "${name}" yet.`);
    return arn;
  }

  tableStreamArn(): string {
    return this.#arn('tableStream');
  }

  set gateways(apis: { readonly browser: string; readonly partner: string }) {
    this.#apis = apis;
  }
  /** Ids of the two API faces. */
  apis(): { readonly browser: string; readonly partner: string } {
    if (!this.#apis) throw new Error('The APIs are not there yet.');
    return this.#apis;
  }

  set alarms(topic: ITopic) {
    this.#alarmTopic = topic;
  }
  /** Where alarms of this stage go. */
  alarmTopic(): ITopic {
    if (!this.#alarmTopic) throw new Error('The alarm topic is not there yet.');
    return this.#alarmTopic;
  }
}
