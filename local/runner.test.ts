import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type LocalPlatform, startLocal } from './runner.ts';
import { lambdaFunction, lambdaRole, writeAssembly } from './testing/fixture-assembly.ts';

const handler = `exports.handler = async (event, context) => {
  console.log('hello', event.name);
  if (event.fail) throw new TypeError('as asked');
  if (event.put) {
    const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: event.put } } }));
  }
  return { hello: event.name, id: context.awsRequestId, env: process.env.GREETING };
};`;

function fixture(): string {
  return writeAssembly({
    Data: {
      template: {
        Resources: {
          Table: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              BillingMode: 'PAY_PER_REQUEST',
              KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
              AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
            },
          },
        },
        Outputs: {
          Name: { Value: { Ref: 'Table' }, Export: { Name: 'Data:Name' } },
          Arn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: 'Data:Arn' } },
        },
      },
    },
    App: {
      dependencies: ['Data'],
      assets: { fn: { 'index.js': handler } },
      template: {
        Resources: {
          Role: lambdaRole({
            Effect: 'Allow',
            Action: 'dynamodb:PutItem',
            Resource: { 'Fn::ImportValue': 'Data:Arn' },
            Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['own#*'] } },
          }),
          Fn: lambdaFunction('fn', 'Role', {
            FunctionName: 'greet',
            Environment: { Variables: { GREETING: 'hi', TABLE: { 'Fn::ImportValue': 'Data:Name' } } },
          }),
        },
        Outputs: { FnArn: { Value: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
      },
    },
  });
}

describe('the local platform', () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    platform = await startLocal({ assembly: fixture(), stateDir: mkdtempSync(join(tmpdir(), 'state-')), quiet: true });
  });
  afterAll(() => platform?.stop());

  const client = (credentials = { accessKeyId: 'local', secretAccessKey: 'local' }) =>
    new LambdaClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

  test('a function is invoked through the SDK, with its environment', async () => {
    const payload = Buffer.from(JSON.stringify({ name: 'you' }));
    const answer = await client().send(new InvokeCommand({ FunctionName: 'greet', Payload: payload, LogType: 'Tail' }));
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ hello: 'you', env: 'hi' });
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toMatch(/INFO\thello you\nEND RequestId/);
  });

  test('an error of the handler is worded as Lambda does', async () => {
    const answer = await platform.invoke('greet', { fail: true });
    expect(answer).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'as asked' },
    });
  });

  test('a function reaches what its role allows, and nothing else', async () => {
    expect((await platform.invoke('greet', { put: 'own#1' })).functionError).toBeUndefined();
    const denied = await platform.invoke('greet', { put: 'foreign#1' });
    expect(denied.payload).toMatchObject({
      errorType: 'AccessDeniedException',
      errorMessage: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/App-Role-[0-9A-F]{12}\/greet is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/.* because no identity-based policy allows the dynamodb:PutItem action$/,
      ),
    });
  });

  test('a wrong secret and an unknown key are refused', async () => {
    const send = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
      new DynamoDBClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }).send(
        new PutItemCommand({ TableName: 'x', Item: { pk: { S: 'a' } } }),
      );
    await expect(send({ accessKeyId: 'local', secretAccessKey: 'wrong' })).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    await expect(send({ accessKeyId: 'nobody', secretAccessKey: 'wrong' })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('a changed assembly gives a function its new code, and an unchanged one keeps its warm worker', async () => {
    const write = (version: number, folder?: string) =>
      writeAssembly(
        {
          S: {
            assets: {
              changing: { 'index.js': `exports.handler = async () => ${version};` },
              steady: { 'index.js': 'let calls = 0; exports.handler = async () => ++calls;' },
            },
            template: {
              Resources: {
                Role: lambdaRole(),
                Changing: lambdaFunction('changing', 'Role', { FunctionName: 'changing' }),
                Steady: lambdaFunction('steady', 'Role', { FunctionName: 'steady' }),
              },
            },
          },
        },
        folder,
      );
    const assembly = write(1);
    const own = await startLocal({ assembly, stateDir: mkdtempSync(join(tmpdir(), 'state-')), quiet: true });
    expect((await own.invoke('changing', {})).payload).toBe(1);
    expect((await own.invoke('steady', {})).payload).toBe(1);
    write(2, assembly);
    await own.reload();
    expect((await own.invoke('changing', {})).payload).toBe(2);
    expect((await own.invoke('steady', {})).payload).toBe(2);
    await own.stop();
  });

  test('a second platform on the same state folder is refused', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
    const assembly = writeAssembly({});
    const first = await startLocal({ assembly, stateDir, quiet: true });
    await expect(startLocal({ assembly, stateDir, quiet: true })).rejects.toThrow('Another local platform uses');
    await first.stop();
    await (await startLocal({ assembly, stateDir, quiet: true })).stop();
  });
});
