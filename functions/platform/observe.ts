/** Structured logs and metrics of a function, made at its first invocation. Logs hold ids and never personal data. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

const loggers = new Map<string, Logger>();
const meters = new Map<string, Metrics>();

/** The logger of a function; `id` is the id of its declaration. */
export function logger(id: string): Logger {
  const made = loggers.get(id) ?? new Logger({ serviceName: id });
  loggers.set(id, made);
  return made;
}

/** The metrics of a function, in the namespace `Mewayz` with the dimension `service`. Call `publishStoredMetrics` at the end. */
export function metrics(id: string): Metrics {
  const made = meters.get(id) ?? new Metrics({ namespace: 'Mewayz', serviceName: id });
  meters.set(id, made);
  return made;
}
