/** Asks each dependency whether it answers, by its cheapest call. Needs `probe` access. */
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from './aws-client.ts';
import { dynamodb } from './aws-dynamodb.ts';
import { eventbridge } from './aws-eventbridge.ts';
import { env, optionalEnv } from './env.ts';

export interface ProbeResult {
  status: 'up' | 'down';
  milliseconds: number;
}
export type Dependency = 'table' | 'bus' | 'queues' | 'userPool';

/** A dependency that takes longer than this is as good as down for whoever waits. */
const PROBE_MS = 2_000;

let sqs: SQSClient | undefined;
let userPools: CognitoIdentityProviderClient | undefined;

async function timed(ask: () => Promise<unknown>): Promise<ProbeResult> {
  const from = performance.now();
  const answered = await ask().then(
    () => true,
    () => false,
  );
  return { status: answered ? 'up' : 'down', milliseconds: Math.round(performance.now() - from) };
}

/** Never throws: what does not answer within 2 seconds is down. All are asked at once. */
export async function probe(): Promise<Record<Dependency, ProbeResult>> {
  sqs ??= new SQSClient(clientSettings(PROBE_MS));
  userPools ??= new CognitoIdentityProviderClient(clientSettings(PROBE_MS));
  const queues = (optionalEnv('probeQueues') ?? '').split(',').filter(Boolean);
  const [asQueues, asPools] = [sqs, userPools];
  const signal = () => ({ abortSignal: AbortSignal.timeout(PROBE_MS) });
  const [table, bus, queuesAnswer, userPool] = await Promise.all([
    timed(() => dynamodb().send(new DescribeTableCommand({ TableName: env('tableName') }), signal())),
    timed(() => eventbridge().send(new DescribeEventBusCommand({ Name: env('busName') }), signal())),
    timed(() =>
      Promise.all(
        queues.map((QueueUrl) =>
          asQueues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }), signal()),
        ),
      ),
    ),
    timed(() => asPools.send(new DescribeUserPoolCommand({ UserPoolId: env('userPoolId') }), signal())),
  ]);
  return { table, bus, queues: queuesAnswer, userPool };
}
