/** Settings that every SDK client shares. One client per container: made at the first use, kept for its connections. */
import { runtimeEnv } from './env.ts';

/**
 * `requestMs`: time that one try may take, so that a lost connection costs a retry and not the whole invocation. Throttling and server
 * errors are tried again by the SDK with jitter. The SDK itself honours AWS_ENDPOINT_URL.
 */
export function clientSettings(requestMs: number) {
  return {
    region: runtimeEnv().region,
    maxAttempts: 4,
    retryMode: 'standard' as const,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: requestMs, throwOnRequestTimeout: true },
  };
}
