/** Logs and metrics, the same in every function: structured, with request and correlation id, and nothing personal. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { optionalEnv } from './env.ts';

/** Name of the product in logs and metrics. */
const SERVICE = 'mewayz';
export const METRICS_NAMESPACE = 'Mewayz';

/** Logger of a function. `operation`: the id of its declaration. */
export function logger(operation: string): Logger {
  return new Logger({
    serviceName: SERVICE,
    persistentKeys: { operation, stage: optionalEnv('stage') ?? 'unknown' },
  });
}

/** Metrics of a function (CloudWatch embedded metric format: a log line, no call), with the dimension `operation`. */
export function metrics(operation: string): Metrics {
  return new Metrics({ namespace: METRICS_NAMESPACE, serviceName: SERVICE, defaultDimensions: { operation } });
}
