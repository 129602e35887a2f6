/** What functions may do, as IAM decides it from the synthesized templates: exactly what they need, and nothing of anybody else's. */
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Credentials } from '../local/iam/credentials.ts';
import { exerciseEverything } from './support/exercise.ts';
import { consolePage, deadLetters } from './support/observe.ts';
import type { Stage } from './support/operations.ts';
import { newPerson, operator } from './support/people.ts';
import { type RunningPlatform, sdk, startPlatform } from './support/platform.ts';

type Use = readonly [action: string, resource: string, value: string | null];
interface RoleUsage {
  role: string;
  granted: Use[];
  needed: Use[];
}

/** Rights that no run of the suite needs, each with the reason why they are granted all the same. */
const unneeded: readonly { role: RegExp; action: RegExp; value?: RegExp; because: string }[] = [
  { role: /./, action: /^logs:/, because: 'Lambda itself writes the log, with the rights of the function' },
  {
    // CloudFormation cuts long names.
    role: /Rea(ct|-)/,
    action: /^sqs:(ChangeMessageVisibility|GetQueueAttributes)$/,
    because: 'Lambda asks for them when it makes the event source mapping',
  },
  { role: /Consumer/, action: /^dynamodb:ListStreams$/, because: 'Lambda asks for it at the event source mapping' },
  { role: /Consumer/, action: /^sqs:SendMessage$/, because: 'only records that failed a hundred times go there' },
  { role: /Register/, action: /^cognito-idp:AdminDeleteUser$/, because: 'only two registrations that race need it' },
  {
    role: /DeleteProduct/,
    action: /^dynamodb:(Put|Delete)Item$/,
    value: /^PRODUCTSKU#/,
    because: 'it writes by the rule of update-product, which moves stock codes; a deletion keeps its own',
  },
  {
    role: /List(Orders|Products)/,
    action: /^dynamodb:Query$/,
    value: /^(ORDERLIST|PRODUCTSTOCKLIST)#/,
    because: 'a list reads its table or its index, by the sort; the grant is for any listing',
  },
  {
    role: /OnOrderChangedStock/,
    action: /^dynamodb:(Delete|Update)Item$/,
    value: /^PRODUCTSTOCKLIST#/,
    because: 'whoever keeps a listing may let entries come, go and be counted; orders only move them',
  },
  {
    role: /AnchorDaysScheduleScheduler/,
    action: /^(lambda:InvokeFunction|sqs:SendMessage)$/,
    because:
      'EventBridge Scheduler uses them half past midnight, and when that failed; here the function is invoked itself',
  },
  {
    role: /OnUserInvitedEmail/,
    action: /^cognito-idp:AdminSetUserPassword$/,
    because: 'only another attempt needs it, after one that made the account and sent no mail',
  },
  {
    role: /OnOrderChangedIndex/,
    action: /^dynamodb:UpdateItem$/,
    value: /^ORDER#/,
    because: 'only an order that is listed after its buyer was erased needs it',
  },
  {
    role: /ListUserOrders|orders-OnUserDeletedErase|GetPersonalData/,
    action: /^dynamodb:(BatchGetItem|Query)$/,
    value: /^ORDERLIST#/,
    because: 'what one buyer ordered is read by time or total and without a count; the grant is for any listing',
  },
  { role: /CustomCDKBucketDeployment/, action: /^(s3|cloudfront):/, because: 'CDK writes this policy' },
];

let platform: RunningPlatform;
let stage: Stage;
beforeAll(async () => {
  platform = await startPlatform();
  const admin = await newPerson(platform, 'admin', 'Enterprise');
  stage = { platform, admin, stranger: await newPerson(platform, 'enterprise') };
}, 60_000);
afterAll(() => platform?.stop());

/** Clients' settings with the credentials that the function itself has. */
async function asFunction(name: RegExp) {
  const usage: RoleUsage[] = await consolePage(platform, 'api/iam');
  const role = usage.find((one) => name.test(one.role))?.role;
  if (!role) throw new Error(`no role has ${name} in its name`);
  return { ...sdk(platform), credentials: new Credentials(platform.stateDir).issue(role, 'tests'), maxAttempts: 1 };
}

test('every right of every function is needed, or it is said why not', async () => {
  await exerciseEverything(stage);
  const usage: RoleUsage[] = await consolePage(platform, 'api/iam');
  const idle: string[] = [];
  const excused = new Set<object>();
  for (const { role, granted, needed } of usage) {
    const used = new Set(needed.map((use) => JSON.stringify(use)));
    for (const use of granted.filter((one) => !used.has(JSON.stringify(one)))) {
      const [action, resource, value] = use;
      const excuse = unneeded.find(
        (one) => one.role.test(role) && one.action.test(action) && (!one.value || one.value.test(value ?? '')),
      );
      if (excuse) excused.add(excuse);
      else idle.push(`${role.split('/').at(-1)} ${action} ${resource} ${value ?? ''}`);
    }
  }
  expect(idle).toEqual([]);
  // An excuse that nobody needs any more must go.
  expect(unneeded.filter((excuse) => !excused.has(excuse))).toEqual([]);
  expect(await deadLetters(platform)).toEqual([]);
}, 300_000);

describe('the credentials of a function', () => {
  const name = 'AccessDeniedException';

  test('read its own entities, and no others', async () => {
    const { tableName } = operator(platform);
    const client = new DynamoDBClient(await asFunction(/GetOrderRole/));
    const get = (pk: string) =>
      client.send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: 'ANY' } } }));
    await get('ORDER#ord_1');
    for (const foreign of ['INVENTORY#prd_1', 'ORDERLIST#all', 'ORDERS#1', 'ORDER', 'RATELIMIT#1']) {
      await expect(get(foreign)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(
          /GetOrder.* is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:.*table/,
        ),
      });
    }
  });

  test('never scan', async () => {
    const { tableName } = operator(platform);
    for (const role of [/GetOrderRole/, /ListProductsRole/, /OnOrderChangedIndex/, /PublishEvents/]) {
      const client = new DynamoDBClient(await asFunction(role));
      await expect(client.send(new ScanCommand({ TableName: tableName }))).rejects.toMatchObject({ name });
    }
    const usage: RoleUsage[] = await consolePage(platform, 'api/iam');
    expect(
      usage.filter(({ granted }) => granted.some(([action]) => /dynamodb:(Scan|PartiQL|\*)/.test(action))),
    ).toEqual([]);
  });

  test('touch no queue, bus or mail of another', async () => {
    const settings = await asFunction(/OnUserChangedIndex/);
    const { QueueUrls = [] } = await new SQSClient(sdk(platform)).send(new ListQueuesCommand({}));
    expect(QueueUrls.length).toBeGreaterThan(5);
    for (const QueueUrl of QueueUrls.filter((url) => !url.endsWith('on-user-changed-index'))) {
      const receive = new SQSClient(settings).send(new ReceiveMessageCommand({ QueueUrl }));
      await expect(receive).rejects.toThrow(/not authorized to perform: sqs:ReceiveMessage/);
    }
    const entry = { EventBusName: 'mewayz', Source: 'mewayz.orders', DetailType: 'OrderPlaced', Detail: '{}' };
    await expect(new EventBridgeClient(settings).send(new PutEventsCommand({ Entries: [entry] }))).rejects.toThrow(
      /not authorized to perform: events:PutEvents/,
    );
    await expect(new SESv2Client(settings).send(mail())).rejects.toThrow(/not authorized to perform: ses:SendEmail/);
  });
});

const mail = () =>
  new SendEmailCommand({
    FromEmailAddress: 'no-reply@mewayz.test',
    Destination: { ToAddresses: ['ann@policies.test'] },
    Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
  });

describe('the one AWS endpoint', () => {
  const calls: Record<string, (settings: ReturnType<typeof sdk>) => Promise<unknown>> = {
    DynamoDB: (settings) =>
      new DynamoDBClient(settings).send(new DescribeTableCommand({ TableName: operator(platform).tableName })),
    SQS: (settings) => new SQSClient(settings).send(new ListQueuesCommand({})),
    S3: (settings) => new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})),
    SES: (settings) => new SESv2Client(settings).send(mail()),
    EventBridge: (settings) =>
      new EventBridgeClient(settings).send(
        new PutEventsCommand({ Entries: [{ Source: 'tests', DetailType: 'Tested', Detail: '{}' }] }),
      ),
    Cognito: (settings) =>
      new CognitoIdentityProviderClient(settings).send(
        new DescribeUserPoolCommand({ UserPoolId: operator(platform).userPoolId }),
      ),
    Lambda: (settings) =>
      new LambdaClient(settings).send(
        new InvokeCommand({
          FunctionName: 'mewayz-dev-system-health',
          Payload: Buffer.from(
            JSON.stringify({
              httpMethod: 'GET',
              path: '/health',
              headers: {},
              requestContext: { requestId: 'r', identity: { sourceIp: '::1' } },
            }),
          ),
        }),
      ),
  };
  const settings = () => ({ ...sdk(platform), maxAttempts: 1 });

  test.each(Object.keys(calls))('speaks with the client of %s by the documented key pair', async (service) => {
    await calls[service]?.(settings());
  });
  test.each(Object.keys(calls))('refuses the client of %s with a wrong secret', async (service) => {
    const wrong = { ...settings(), credentials: { accessKeyId: 'local', secretAccessKey: 'wrong' } };
    await expect(calls[service]?.(wrong)).rejects.toThrow(/signature/i);
  });
});
