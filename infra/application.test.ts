/** What the synthesized application guarantees, read from its templates. */
import { events } from '../events/registry.ts';
import type { FunctionDeclaration } from '../functions/platform/declaration.ts';
import { areas } from '../functions/registry.ts';
import { iamText, type Template, templatesOf, templateText } from '../scripts/generate/snapshots.ts';
import { roles } from '../shared/permissions.ts';
import { edgeLimits, plans } from '../shared/plans.ts';
import { declarationsOf } from './declarations.ts';
import { functionName } from './names.ts';
import { browserPaths, operationsOf } from './routes.ts';
import { stageNames } from './stages.ts';

type Json = Record<string, unknown>;
interface Resource {
  stack: string;
  logicalId: string;
  Type: string;
  Properties: Json;
  DeletionPolicy?: string;
}
interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const declarations = declarationsOf(areas);
const operations = operationsOf(declarations);
let templates: Map<string, Template>;
let resources: Resource[];

beforeAll(() => {
  templates = templatesOf('prod', { declarations, events });
  resources = [...templates].flatMap(([stack, template]) =>
    Object.entries(template.Resources).map(([logicalId, resource]) => ({
      stack,
      logicalId,
      ...(resource as Omit<Resource, 'stack' | 'logicalId'>),
    })),
  );
}, 120_000);

const ofType = (type: string) => resources.filter((resource) => resource.Type === type);
const only = (type: string) => {
  const [first, ...more] = ofType(type);
  if (!first || more.length > 0) throw new Error(`expected one ${type}`);
  return first;
};
/** Functions that we declare; CDK's own uploader has no name. */
const ownFunctions = () => ofType('AWS::Lambda::Function').filter(({ Properties }) => Properties.FunctionName);
const roleOf = (fn: Resource): Resource => {
  const [logicalId] = (fn.Properties.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return resources.find((r) => r.stack === fn.stack && r.logicalId === logicalId) as Resource;
};
const statementsOf = (role: Resource): Statement[] =>
  ((role.Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

describe('routes', () => {
  const paths = (type: string) =>
    (only(type).Properties.Body as { paths: Record<string, Record<string, { security?: object[] }>> }).paths;

  test('every operation has its route on the browser face, and nothing else has one', () => {
    const found = Object.entries(paths('AWS::ApiGatewayV2::Api')).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const wanted = operations.flatMap(({ contract }) =>
      browserPaths(contract.path).map((path) => `${contract.method.toLowerCase()} ${path}`),
    );
    expect(found.sort()).toEqual([...wanted, 'x-amazon-apigateway-any-method /$default'].sort());
  });

  test('partners have exactly the operations that say so, each only with a key', () => {
    const found: string[] = [];
    for (const [path, item] of Object.entries(paths('AWS::ApiGateway::RestApi'))) {
      for (const [method, operation] of Object.entries(item)) {
        expect(operation.security).toEqual([{ apiKey: [] }]);
        if (method !== 'x-amazon-apigateway-any-method') found.push(`${method} ${path}`);
      }
    }
    const wanted = operations.filter(({ contract }) => contract.partner);
    expect(found.sort()).toEqual(wanted.map(({ contract: c }) => `${c.method.toLowerCase()} ${c.path}`).sort());
  });

  test('API Gateway may invoke a function for its own method and path only', () => {
    for (const { contract, id } of operations) {
      const sources = ofType('AWS::Lambda::Permission')
        .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(aliasOf(id).logicalId))
        .map(({ Properties }) => JSON.stringify(Properties.SourceArn));
      const path = contract.path.replace(/\{\w+\}/g, '*');
      const suffixes = [
        ...browserPaths(path).map((route) => `/*/${contract.method}${route}"]]}`),
        ...(contract.partner ? [`/v1/${contract.method}${path}"]]}`] : []),
      ];
      expect(sources).toHaveLength(suffixes.length);
      for (const [index, suffix] of suffixes.entries()) expect(sources[index]).toContain(suffix);
    }
  });

  test('every plan has a usage plan with its own throttle and quota', () => {
    expect(ofType('AWS::ApiGateway::UsagePlan').map(({ Properties }) => Properties.UsagePlanName)).toEqual(
      plans.map((plan) => `mewayz-prod-${plan}`),
    );
    for (const { Properties } of ofType('AWS::ApiGateway::UsagePlan')) {
      expect(Properties).toMatchObject({ Throttle: expect.anything(), Quota: { Period: 'MONTH' } });
    }
  });
});

const functionOf = (id: string): Resource =>
  ownFunctions().find(({ Properties }) => Properties.FunctionName === functionName('prod', id)) as Resource;
const aliasOf = (id: string): Resource => {
  const fn = functionOf(id);
  return ofType('AWS::Lambda::Alias').find(
    ({ stack, Properties }) =>
      stack === fn.stack && JSON.stringify(Properties.FunctionName).includes(`"${fn.logicalId}"`),
  ) as Resource;
};

describe('rights', () => {
  test('every declared function exists, with a role of its own', () => {
    expect(ownFunctions()).toHaveLength(declarations.length);
    expect(new Set(ownFunctions().map((fn) => `${fn.stack}/${roleOf(fn).logicalId}`)).size).toBe(declarations.length);
  });

  test('no role of a function has a wildcard action or resource, or a policy by reference', () => {
    for (const fn of ownFunctions()) {
      const role = roleOf(fn);
      expect(role.Properties.ManagedPolicyArns).toBeUndefined();
      for (const { Effect, Action, Resource } of statementsOf(role)) {
        expect(Effect).toBe('Allow');
        expect(JSON.stringify(Action)).not.toContain('*');
        // Anchors of the audit trail have a key for each day, and files of people one for each file, below a folder of their own.
        const named = JSON.stringify(Resource).replace(/\/(audit|avatars|media\/avatars)\/\*/g, '');
        expect(named).not.toContain('*');
      }
    }
    const attached = new Set(ofType('AWS::IAM::Policy').flatMap((p) => JSON.stringify(p.Properties.Roles)));
    for (const fn of ownFunctions()) expect([...attached].join()).not.toContain(`"${roleOf(fn).logicalId}"`);
  });

  test('every right on items is fenced to partitions that the function declares', () => {
    const itemAction = /^dynamodb:(Get|BatchGet|Put|Update|Delete|ConditionCheck)Item$|^dynamodb:Query$/;
    for (const declaration of declarations) {
      const declared = new Set(partitionsOf(declaration));
      for (const { Action, Condition } of statementsOf(roleOf(functionOf(declaration.id)))) {
        if (![Action].flat().some((action) => itemAction.test(action))) continue;
        const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] as string[];
        expect(keys.length).toBeGreaterThan(0);
        for (const key of keys) expect(declared).toContain(key);
      }
    }
  });

  test('a role holds for its table exactly the actions that are declared', () => {
    for (const declaration of declarations) {
      const wanted = new Set(
        Object.values(declaration.access.table ?? {}).flatMap(({ entity, actions }) =>
          actions.map((action) => {
            const index = action.startsWith('query:') ? entity.patterns[action.slice(6)].index : undefined;
            return `${actionName(action)} ${index ? `by-${index}` : 'table'} ${entity.partition}#*`;
          }),
        ),
      );
      const found = new Set<string>();
      for (const { Action, Resource, Condition } of statementsOf(roleOf(functionOf(declaration.id)))) {
        const keys = (Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []) as string[];
        for (const resource of [Resource].flat()) {
          const index = /\/index\/(by-\w+)/.exec(JSON.stringify(resource))?.[1] ?? 'table';
          for (const key of keys) for (const action of [Action].flat()) found.add(`${action} ${index} ${key}`);
        }
      }
      expect([...found].sort()).toEqual([...wanted].sort());
    }
  });

  test('nobody may scan', () => {
    expect(iamText(templates)).not.toContain('dynamodb:Scan');
  });
});

function partitionsOf(declaration: FunctionDeclaration): string[] {
  return Object.values(declaration.access.table ?? {}).map(({ entity }) => `${entity.partition}#*`);
}
function actionName(action: string): string {
  const names: Record<string, string> = {
    get: 'GetItem',
    batchGet: 'BatchGetItem',
    put: 'PutItem',
    update: 'UpdateItem',
    delete: 'DeleteItem',
    check: 'ConditionCheckItem',
  };
  return `dynamodb:${names[action] ?? 'Query'}`;
}

describe('data', () => {
  test('the table is on demand, encrypted, recoverable, protected, with a stream of both images', () => {
    const table = only('AWS::DynamoDB::Table');
    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('nobody but our functions signs in, a user’s own token can change nothing in the pool, only registering gives an address', () => {
    const clients = ofType('AWS::Cognito::UserPoolClient').map(({ Properties }) => Properties);
    const [signIn, signUp, ...more] = clients;
    expect(more).toEqual([]);
    expect(signIn).toMatchObject({
      WriteAttributes: ['nickname'],
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      GenerateSecret: true,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 15,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    });
    expect(signUp).toMatchObject({ WriteAttributes: ['email'], GenerateSecret: true });
    expect(JSON.stringify(signUp?.ExplicitAuthFlows)).not.toContain('PASSWORD');
    // No trigger takes part in signing in; this one words mails.
    expect(Object.keys(only('AWS::Cognito::UserPool').Properties.LambdaConfig as object)).toEqual(['CustomMessage']);
    expect(only('AWS::Cognito::UserPool').Properties).toMatchObject({
      DeletionProtection: 'ACTIVE',
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
    expect(ofType('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName)).toEqual([...roles]);
  });

  test('CloudFront tells the API the country of the viewer, and caches no error and nobody’s replies', () => {
    expect(only('AWS::CloudFront::Distribution').Properties).toMatchObject({
      DistributionConfig: { CustomErrorResponses: expect.arrayContaining([{ ErrorCode: 404, ErrorCachingMinTTL: 0 }]) },
    });
    const config = (one: { Properties: object }) => one.Properties as { CachePolicyConfig: { Name: string } };
    const ofApi = ofType('AWS::CloudFront::CachePolicy').map(config);
    expect(ofApi.filter(({ CachePolicyConfig: { Name } }) => Name.endsWith('-api'))).toMatchObject([
      {
        CachePolicyConfig: {
          MinTTL: 0,
          DefaultTTL: 0,
          MaxTTL: 1,
          ParametersInCacheKeyAndForwardedToOrigin: {
            HeadersConfig: { Headers: expect.arrayContaining(['Authorization', 'CloudFront-Viewer-Country']) },
            CookiesConfig: { CookieBehavior: 'all' },
            QueryStringsConfig: { QueryStringBehavior: 'all' },
          },
        },
      },
    ]);
  });

  test('the firewall limits each address, and each session from however many addresses', () => {
    const { Rules } = only('AWS::WAFv2::WebACL').Properties as {
      Rules: { Statement: { RateBasedStatement: object } }[];
    };
    expect(Rules.map(({ Statement }) => Statement.RateBasedStatement)).toMatchObject([
      { AggregateKeyType: 'IP', Limit: edgeLimits.perAddress },
      { CustomKeys: [{ Cookie: { Name: '__Host-mewayz-access' } }], Limit: edgeLimits.perSession },
      { CustomKeys: [{ Header: { Name: 'authorization' } }], Limit: edgeLimits.perSession },
    ]);
  });

  test('every bucket is closed to the public', () => {
    expect(ofType('AWS::S3::Bucket')).toHaveLength(4);
    for (const { Properties } of ofType('AWS::S3::Bucket'))
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      });
  });

  test('files come in from our own pages only, and none that nobody looked at stays', () => {
    const [uploads] = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties.CorsConfiguration);
    expect(uploads?.Properties).toMatchObject({
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ['POST'] }] },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 1, Status: 'Enabled' }] },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expect(JSON.stringify(uploads?.Properties.CorsConfiguration)).not.toMatch(/"AllowedOrigins":\[[^\]]*"\*"/);
  });

  test('nobody, not even the owner of the account, can delete an anchor of the audit trail in prod', () => {
    const locked = ofType('AWS::S3::Bucket').filter(({ Properties }) => Properties.ObjectLockEnabled);
    expect(locked.map(({ Properties }) => Properties.ObjectLockConfiguration)).toEqual([
      { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 2_555 } } },
    ]);
  });
});

describe('events', () => {
  test('every event has its schema in the registry', () => {
    expect(ofType('AWS::EventSchemas::Schema')).toHaveLength(events.length);
  });

  test('every queue that a function works on has a dead-letter queue, is encrypted and refuses plain connections', () => {
    const queues = ofType('AWS::SQS::Queue');
    const policies = JSON.stringify(ofType('AWS::SQS::QueuePolicy'));
    for (const { Properties, logicalId } of queues) {
      expect(Properties.SqsManagedSseEnabled).toBe(true);
      expect(policies).toContain(`"${logicalId}"`);
      if (!String(Properties.QueueName).endsWith('-dead')) expect(Properties.RedrivePolicy).toBeDefined();
    }
    const reactions = declarations.filter(({ kind }) => kind === 'queue' || kind === 'service-event');
    expect(queues.filter(({ Properties }) => Properties.RedrivePolicy)).toHaveLength(reactions.length);
  });

  test('failures of single messages and records are reported, not of whole batches', () => {
    for (const { Properties } of ofType('AWS::Lambda::EventSourceMapping')) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });
});

describe('operation', () => {
  test('no function is without an alarm that says what breaks for people', () => {
    for (const declaration of declarations) {
      const name = functionName('prod', declaration.id);
      const alarm = ofType('AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.AlarmName === `${name}-fails`);
      expect(alarm?.Properties.AlarmDescription).toBe(declaration.errorImpact);
      expect(alarm?.Properties.AlarmActions).toHaveLength(1);
    }
  });

  test('every dead-letter queue rings from its first message on', () => {
    for (const { Properties } of ofType('AWS::SQS::Queue')) {
      const name = String(Properties.QueueName);
      if (!name.endsWith('-dead')) continue;
      expect(ofType('AWS::CloudWatch::Alarm').map((a) => a.Properties.AlarmName)).toContain(`${name}-letters`);
    }
  });

  test('in production every function but those of deployment and the user pool is deployed by canary with roll-back', () => {
    const shifted = declarations.filter(({ kind }) => kind !== 'resource' && kind !== 'trigger');
    expect(ofType('AWS::CodeDeploy::DeploymentGroup')).toHaveLength(shifted.length);
    for (const { Properties } of ofType('AWS::CodeDeploy::DeploymentGroup')) {
      expect(Properties.AutoRollbackConfiguration).toMatchObject({ Enabled: true });
    }
  });

  test('functions run on Node 24, arm64, with only the settings they need', () => {
    for (const { Properties } of ownFunctions()) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
    const secrets = functionOf('deployment.origin-secret').Properties.Environment as { Variables: Json };
    expect(Object.keys(secrets.Variables)).toEqual(['STAGE']);
  });

  test('no stack comes near the limit of 500 resources', () => {
    for (const template of templates.values()) expect(Object.keys(template.Resources).length).toBeLessThan(450);
  });

  test('two syntheses give the same templates', () => {
    const again = templatesOf('prod', { declarations, events });
    expect([...again.keys()]).toEqual([...templates.keys()]);
    for (const [stack, template] of again)
      expect(templateText(template)).toBe(templateText(templates.get(stack) as Template));
  }, 60_000);

  test.each(stageNames)(
    '%s synthesizes without a finding of cdk-nag or CloudFormation',
    (stage) => {
      expect(() => templatesOf(stage, { declarations, events }, { validate: true })).not.toThrow();
    },
    60_000,
  );
});

describe('a function that runs by the clock', () => {
  test('is started by a schedule that may invoke it and nothing else, and what fails is kept', () => {
    const nightly: FunctionDeclaration = {
      kind: 'schedule',
      id: 'orders.expire-unpaid',
      access: {},
      errorImpact: 'Unpaid orders keep their stock.',
      schedule: 'rate(5 minutes)',
    };
    const { Resources } = templatesOf('dev', { declarations: [...declarations, nightly], events }).get(
      'mewayz-dev-area-orders',
    ) as Template;
    const schedule = Object.values(Resources).find(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      Target: { DeadLetterConfig: expect.anything(), RoleArn: expect.anything() },
    });
    const role = Object.entries(Resources).find(([id]) => id.includes('SchedulerRole'))?.[1];
    const statements = statementsOf(role as Resource);
    expect(statements.map(({ Action }) => Action)).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  });
});
