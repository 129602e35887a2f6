/** Lambda triggers of a pool: called as cognito-idp.amazonaws.com, with the event that AWS documents. */
import { AwsError, type JsonObject } from '../../types.ts';
import { allAttributes } from './attributes.ts';
import type { Context, Pool, User } from './model.ts';

interface TriggerCall {
  pool: Pool;
  user: User;
  clientId: string;
  /** For example `PostConfirmation_ConfirmSignUp`. */
  source: string;
  request?: JsonObject;
  response?: JsonObject;
  version?: string;
}

/** The trigger's response; the given one when the pool has no such trigger. Throws what AWS throws when the function fails. */
export async function runTrigger({ cloud }: Context, name: string, call: TriggerCall): Promise<JsonObject> {
  const { pool, user, clientId, source, request, response = {}, version = '1' } = call;
  const functionArn = pool.triggers[name];
  if (!functionArn) return response;
  const event: JsonObject = {
    version,
    region: cloud.region,
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    triggerSource: source,
    request: {
      userAttributes: { ...allAttributes(user), 'cognito:user_status': user.status },
      ...request,
    },
    response,
  };
  const result = await cloud.invoke(functionArn, event, {
    caller: {
      kind: 'service',
      principal: 'cognito-idp.amazonaws.com',
      sourceArn: pool.arn,
      sourceAccount: cloud.accountId,
    },
  });
  const payload = (result.payload ?? {}) as JsonObject;
  if (result.functionError) {
    throw new AwsError('UserLambdaValidationException', `${name} failed with error ${payload.errorMessage ?? ''}.`);
  }
  if (typeof payload.response !== 'object' || payload.response === null || Array.isArray(payload.response)) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
  return payload.response;
}
