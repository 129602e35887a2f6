/** Logs and metrics, the same in every function: structured, with request and correlation id, and nothing personal. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { optionalEnv } from './env.ts';

export const METRICS_NAMESPACE = 'Mewayz';

/** Name of the product and its stage: several stages may share an account, and their figures must not mix. */
function serviceName(): string {
  return `mewayz-${optionalEnv('stage') ?? 'unknown'}`;
}

/**
 * Errors are logged by name, message and stack. Their other members stay out: the SDK hangs whole items on some of them, and items
 * are about people.
 */
function reticent(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const { code, $metadata } = value as { code?: unknown; $metadata?: { requestId?: string } };
  return {
    name,
    message,
    stack,
    ...(typeof code === 'string' ? { code } : undefined),
    ...($metadata?.requestId ? { awsRequestId: $metadata.requestId } : undefined),
    ...(cause instanceof Error ? { cause } : undefined),
  };
}

/** What was thrown, as the error that a log line takes. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Logger of a function. `operation`: the id of its declaration. */
export function logger(operation: string): Logger {
  return new Logger({
    serviceName: serviceName(),
    jsonReplacerFn: reticent,
    persistentKeys: { operation },
  });
}

/** Metrics of a function (CloudWatch embedded metric format: a log line, no call), with the dimensions `service` and `operation`. */
export function metrics(operation: string): Metrics {
  return new Metrics({ namespace: METRICS_NAMESPACE, serviceName: serviceName(), defaultDimensions: { operation } });
}
