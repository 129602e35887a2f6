/** Calls the function of an integration as API Gateway does, and says in which way it failed. */
import { AwsError, type Cloud, type Json, type JsonObject } from '../../types.ts';

export type IntegrationOutcome =
  | { kind: 'answered'; payload: Json }
  /** The function threw, timed out by its own limit or ended. */
  | { kind: 'function-error' }
  | { kind: 'not-permitted' }
  | { kind: 'throttled' }
  | { kind: 'too-large' }
  | { kind: 'timeout' }
  | { kind: 'failed' };

const TIMED_OUT = Symbol('timed out');

/**
 * `sourceArn` is the route's ARN (`arn:aws:execute-api:...`), which a Lambda permission may name: without a permission
 * that fits, the call fails as in AWS. The reason of each failure goes to the log at `error`.
 */
export async function invokeIntegration(
  cloud: Cloud,
  functionArn: string,
  payload: JsonObject,
  sourceArn: string,
  timeoutMs: number,
): Promise<IntegrationOutcome> {
  const caller = {
    kind: 'service',
    principal: 'apigateway.amazonaws.com',
    sourceArn,
    sourceAccount: cloud.accountId,
  } as const;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, TIMED_OUT);
  });
  try {
    const result = await Promise.race([cloud.invoke(functionArn, payload, { caller }), timeout]);
    if (result === TIMED_OUT) {
      cloud.log('error', `${functionArn} did not answer ${sourceArn} within ${timeoutMs} ms.`);
      return { kind: 'timeout' };
    }
    if (result.functionError !== undefined) {
      cloud.log('error', `${functionArn} failed for ${sourceArn}.`, { payload: result.payload });
      return { kind: 'function-error' };
    }
    return { kind: 'answered', payload: result.payload };
  } catch (error) {
    cloud.log('error', `${sourceArn} could not invoke ${functionArn}: ${String(error)}`);
    return { kind: error instanceof AwsError ? failureOf(error) : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: AwsError): 'not-permitted' | 'throttled' | 'too-large' | 'failed' {
  if (error.code.startsWith('AccessDenied')) return 'not-permitted';
  if (error.code === 'TooManyRequestsException') return 'throttled';
  return error.code === 'RequestTooLargeException' || error.status === 413 ? 'too-large' : 'failed';
}
