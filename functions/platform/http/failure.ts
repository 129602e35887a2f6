/** Whatever was thrown → the one kind of error that clients see. The only place that does so. */
import { AppError, errorTable } from '../../../shared/errors.ts';

/** What the SDK throws when a service has too much to do, or can not be reached in time. */
const busy = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'Throttling',
  'TimeoutError',
  'TooManyRequestsException',
]);

export interface Failure {
  error: AppError;
  /** Not foreseen: to be logged with its stack. */
  unexpected: boolean;
}

export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof AppError) return { error: thrown, unexpected: thrown.status >= 500 };
  const isBusy = thrown instanceof Error && busy.has(thrown.name);
  const error = isBusy
    ? new AppError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' }, cause: thrown })
    : new AppError('INTERNAL_ERROR', { cause: thrown });
  return { error, unexpected: true };
}

export function failureEnvelope(error: AppError, docs: string, timestamp: string, requestId: string) {
  const { code, message, details } = error;
  return {
    success: false,
    error: details ? { code, message, details, docs } : { code, message, docs },
    timestamp,
    requestId,
  };
}

/** RFC 9457; our own members beside the standard ones. */
export function problemDocument(error: AppError, docs: string, timestamp: string, requestId: string) {
  return {
    type: docs,
    title: errorTable[error.code].title,
    status: error.status,
    detail: error.message,
    instance: `urn:mewayz:request:${requestId}`,
    code: error.code,
    ...(error.details ? { details: error.details } : undefined),
    timestamp,
    requestId,
  };
}
