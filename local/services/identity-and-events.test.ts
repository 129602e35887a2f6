/** Cognito and EventBridge behind the real endpoint, with the policies of a template enforced. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalPlatform, startLocal } from '../runner.ts';
import { writeAssembly } from '../testing/fixture-assembly.ts';
import type { JsonObject } from '../types.ts';

const arnOf = (logicalId: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const policy = (queue: string, statement: JsonObject): JsonObject => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: queue }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf(queue),
          ...statement,
        },
      ],
    },
  },
});
const rule = (source: string, queue: string): JsonObject => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: { Ref: 'Bus' },
    EventPattern: { source: [source] },
    Targets: [{ Id: 'Queue', Arn: arnOf(queue), DeadLetterConfig: { Arn: arnOf('Dead') } }],
  },
});
const template: JsonObject = {
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Open: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'open' } },
    Closed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'closed' } },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    OpenPolicy: policy('Open', { Condition: { ArnEquals: { 'aws:SourceArn': arnOf('ToOpen') } } }),
    DeadPolicy: policy('Dead', {}),
    ToOpen: rule('to.open', 'Open'),
    ToClosed: rule('to.closed', 'Closed'),
    Told: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'told' } },
    ToldPolicy: policy('Told', {}),
    Files: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'files',
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    },
    OfFiles: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'Files' }] } } },
        Targets: [{ Id: 'Queue', Arn: arnOf('Told') }],
      },
    },
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'] } },
  },
};

let platform: LocalPlatform;
const config = () => ({
  endpoint: platform.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

beforeAll(async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
  platform = await startLocal({ assembly: writeAssembly({ Shop: { template } }), stateDir, quiet: true });
});
afterAll(() => platform.stop());

async function put(Source: string): Promise<void> {
  const client = new EventBridgeClient(config());
  const entry = { EventBusName: 'shop', Source, DetailType: 'Test', Detail: '{}' };
  expect(await client.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 });
  client.destroy();
}

async function receive(QueueName: string) {
  const client = new SQSClient(config());
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
  const input = { QueueUrl, WaitTimeSeconds: 2, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(input));
  client.destroy();
  return Messages;
}

test('A rule delivers to a queue whose policy names it', async () => {
  await put('to.open');
  const [message] = await receive('open');
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 'to.open' });
});

test('A queue without such a policy refuses, and the event is in the dead-letter queue with the reason', async () => {
  await put('to.closed');
  const [message] = await receive('dead');
  expect(message?.MessageAttributes?.ERROR_CODE?.StringValue).toMatch(/^AccessDenied/);
});

test('What AWS’s own services tell comes to the default bus without a policy', async () => {
  const client = new S3Client({ ...config(), forcePathStyle: true });
  await client.send(new PutObjectCommand({ Bucket: 'files', Key: 'in/1.txt', Body: 'one' }));
  client.destroy();
  const [message] = await receive('told');
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 'aws.s3', detail: { object: { key: 'in/1.txt' } } });
});

test('Without a signature the keys of a pool can be read and public operations called, administrative ones not', async () => {
  const client = new CognitoIdentityProviderClient(config());
  const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  client.destroy();
  const UserPoolId = UserPools?.[0]?.Id;
  const keys = await fetch(`${platform.endpoint}/${UserPoolId}/.well-known/jwks.json`);
  expect(await keys.json()).toMatchObject({ keys: [{ alg: 'RS256', kty: 'RSA', use: 'sig' }] });
  const unsigned = async (operation: string, input: JsonObject) => {
    const target = `AWSCognitoIdentityProviderService.${operation}`;
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    return (await fetch(platform.endpoint, { method: 'POST', headers, body: JSON.stringify(input) })).text();
  };
  const signIn = { ClientId: 'none', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'a', PASSWORD: 'b' } };
  expect(await unsigned('InitiateAuth', signIn)).toContain('User pool client none does not exist.');
  expect(await unsigned('ListGroups', { UserPoolId: String(UserPoolId) })).toMatch(/AccessDenied|MissingAuth/);
});
