import fc from 'fast-check';
import type { Caller, PolicyDocument, PolicyStatement } from '../types.ts';
import { Authorizer } from './authorizer.ts';

const role = 'arn:aws:iam::000000000000:role/r';
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/t';
const queue = 'arn:aws:sqs:us-east-1:000000000000:q';
const trust: PolicyDocument = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

function authorizerWith(...statements: PolicyStatement[]): { authorizer: Authorizer; caller: Caller } {
  const authorizer = new Authorizer('us-east-1', '000000000000');
  authorizer.putRole(role, trust, [{ Statement: statements }]);
  return { authorizer, caller: authorizer.assumeRole(role, 'fn') };
}
function may(
  statement: Partial<PolicyStatement>,
  action: string,
  resource: string,
  context?: Record<string, string | string[]>,
): boolean {
  const { authorizer, caller } = authorizerWith({
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    ...statement,
  } as PolicyStatement);
  try {
    authorizer.authorize(caller, { action, resource, ...(context && { context }) });
    return true;
  } catch {
    return false;
  }
}

describe('the decision on a right', () => {
  test('nothing is allowed that no statement allows', () => {
    const { authorizer, caller } = authorizerWith();
    expect(() => authorizer.authorize(caller, { action: 'dynamodb:PutItem', resource: table })).toThrow(
      `User: arn:aws:sts::000000000000:assumed-role/r/fn is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
    );
  });

  test('an explicit deny wins over any allow, wherever it stands', () => {
    const { authorizer, caller } = authorizerWith(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' },
    );
    authorizer.authorize(caller, { action: 'dynamodb:PutItem', resource: table });
    expect(() => authorizer.authorize(caller, { action: 'dynamodb:DeleteItem', resource: table })).toThrow(
      'explicit deny in an identity-based',
    );
    authorizer.attachResourcePolicy(table, {
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }],
    });
    expect(() => authorizer.authorize(caller, { action: 'dynamodb:PutItem', resource: table })).toThrow(
      'explicit deny in a resource-based',
    );
  });

  test.each<[string, Partial<PolicyStatement>, boolean]>([
    ['an exact action', { Action: 'dynamodb:PutItem' }, true],
    ['actions without case', { Action: 'DynamoDB:putitem' }, true],
    ['a wildcard in the action', { Action: ['sqs:*', 'dynamodb:Put*'] }, true],
    ['another action', { Action: 'dynamodb:GetItem' }, false],
    ['NotAction of another', { Action: undefined, NotAction: 'dynamodb:GetItem' }, true],
    ['NotAction of this', { Action: undefined, NotAction: 'dynamodb:*' }, false],
    ['a resource with wildcard', { Resource: 'arn:aws:dynamodb:*:*:table/?' }, true],
    ['a resource that only begins so', { Resource: 'arn:aws:dynamodb:us-east-1:000000000000:table' }, false],
    ['resources with case', { Resource: table.toUpperCase() }, false],
    ['NotResource of this', { Resource: undefined, NotResource: table }, false],
    ['a policy variable', { Resource: 'arn:aws:dynamodb:us-east-1:${aws:PrincipalAccount}:table/t' }, true],
    ['a variable without value', { Resource: 'arn:aws:dynamodb:us-east-1:${aws:username}*' }, false],
  ])('matches %s as IAM does', (_, statement, expected) => {
    expect(may(statement, 'dynamodb:PutItem', table)).toBe(expected);
  });

  test.each<[string, Record<string, string | string[] | boolean>, Record<string, string | string[]>, boolean]>([
    ['StringEquals', { k: ['a', 'b'] }, { k: 'b' }, true],
    ['StringEquals', { K: 'a' }, { k: 'a' }, true],
    ['StringEquals', { k: 'a' }, {}, false],
    ['StringEqualsIfExists', { k: 'a' }, {}, true],
    ['StringNotEquals', { k: ['a', 'b'] }, { k: 'b' }, false],
    ['StringNotEquals', { k: 'a' }, {}, true],
    ['StringLike', { k: 'USER#*' }, { k: 'USER#1' }, true],
    ['StringNotLike', { k: 'USER#*' }, { k: 'USER#1' }, false],
    ['ForAllValues:StringLike', { k: ['USER#*', 'ORDER#*'] }, { k: ['USER#1', 'ORDER#2'] }, true],
    ['ForAllValues:StringLike', { k: 'USER#*' }, { k: ['USER#1', 'ORDER#2'] }, false],
    ['ForAllValues:StringEquals', { k: 'a' }, {}, true],
    ['ForAnyValue:StringEquals', { k: 'a' }, { k: ['b', 'a'] }, true],
    ['ForAnyValue:StringEquals', { k: 'a' }, {}, false],
    ['ArnLike', { k: 'arn:aws:events:*:*:rule/x*' }, { k: 'arn:aws:events:us-east-1:0:rule/xy' }, true],
    ['Bool', { 'aws:SecureTransport': 'false' }, {}, false],
    ['Bool', { k: true }, { k: 'true' }, true],
    ['NumericLessThanEquals', { k: '10' }, { k: '10' }, true],
    ['NumericLessThan', { k: '10' }, { k: '10' }, false],
    ['DateGreaterThan', { k: '2026-01-01T00:00:00Z' }, { k: '2026-06-01T00:00:00Z' }, true],
    ['IpAddress', { k: '10.0.0.0/8' }, { k: '10.200.3.4' }, true],
    ['NotIpAddress', { k: '10.0.0.0/8' }, { k: '11.0.0.1' }, true],
    ['Null', { k: 'true' }, {}, true],
    ['Null', { k: 'false' }, {}, false],
    ['Null', { k: 'false' }, { k: '' }, true],
  ])('%s %j with %j', (operator, keys, context, expected) => {
    expect(may({ Condition: { [operator]: keys } }, 'dynamodb:PutItem', table, context)).toBe(expected);
  });

  test('an operator that is not known is an error, never a silent yes or no', () => {
    const { authorizer, caller } = authorizerWith({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringAlmost: { k: 'a' } },
    });
    expect(() => authorizer.authorize(caller, { action: 'a:B', resource: '*' })).toThrow('StringAlmost is not known');
  });

  test('a service principal has only what the policy of the resource gives it, for its own source', () => {
    const { authorizer } = authorizerWith();
    const rule = 'arn:aws:events:us-east-1:000000000000:rule/a';
    const events: Caller = { kind: 'service', principal: 'events.amazonaws.com', sourceArn: rule };
    const right = { action: 'sqs:SendMessage', resource: queue };
    expect(() => authorizer.authorize(events, right)).toThrow('no resource-based policy allows');
    authorizer.attachResourcePolicy(queue, {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: queue,
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': rule } },
        },
      ],
    });
    authorizer.authorize(events, right);
    expect(() => authorizer.authorize({ ...events, sourceArn: `${rule}b` }, right)).toThrow();
    expect(() => authorizer.authorize({ ...events, principal: 'sns.amazonaws.com' }, right)).toThrow();
    expect(() => authorizer.authorize({ kind: 'anonymous' }, right)).toThrow();
  });

  test('a policy of a bucket speaks for its objects', () => {
    const { authorizer } = authorizerWith();
    authorizer.attachResourcePolicy('arn:aws:s3:::b', {
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::b/*',
          Principal: { Service: 'cloudfront.amazonaws.com' },
        },
      ],
    });
    const cloudfront: Caller = { kind: 'service', principal: 'cloudfront.amazonaws.com' };
    authorizer.authorize(cloudfront, { action: 's3:GetObject', resource: 'arn:aws:s3:::b/deep/er.html' });
    expect(() => authorizer.authorize(cloudfront, { action: 's3:PutObject', resource: 'arn:aws:s3:::b/x' })).toThrow();
  });

  test('a policy that the next provisioning does not attach again is gone', () => {
    const { authorizer } = authorizerWith();
    const open: PolicyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' }] };
    authorizer.attachResourcePolicy(queue, open);
    authorizer.beginRun();
    authorizer.endRun();
    expect(() => authorizer.authorize({ kind: 'anonymous' }, { action: 'sqs:SendMessage', resource: queue })).toThrow();
  });

  test('a role is assumed only by whom its trust policy names', () => {
    const { authorizer } = authorizerWith();
    expect(authorizer.assumeRole(role, 's', 'lambda.amazonaws.com')).toMatchObject({ kind: 'role', roleArn: role });
    expect(() => authorizer.assumeRole(role, 's', 'events.amazonaws.com')).toThrow('cannot be assumed');
  });

  test('tells what of a statement was needed, and that what two statements allow needs neither', () => {
    const keys = { 'dynamodb:LeadingKeys': ['USER#1'] };
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['USER#*', 'ORDER#*'] } };
    const { authorizer, caller } = authorizerWith(
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: table, Condition },
      { Effect: 'Allow', Action: 'sqs:*', Resource: queue },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue },
    );
    authorizer.authorize(caller, { action: 'dynamodb:GetItem', resource: table, context: keys });
    authorizer.authorize(caller, { action: 'sqs:SendMessage', resource: queue });
    const [usage] = authorizer.rightsUsage();
    expect(usage?.granted).toHaveLength(6);
    expect(usage?.needed).toEqual([['dynamodb:GetItem', table, 'USER#*']]);
  });

  test('removing a statement never gives a right', () => {
    const actions = ['a:Get', 'a:Put', 'a:*', '*'];
    const resources = ['r/1', 'r/*', '*'];
    const statement = fc.record({
      Effect: fc.constant('Allow' as const),
      Action: fc.constantFrom(...actions),
      Resource: fc.constantFrom(...resources),
    });
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.constantFrom('a:Get', 'a:Put', 'b:Get'),
        (statements, removed, action) => {
          const allowed = (list: PolicyStatement[]): boolean => {
            const { authorizer, caller } = authorizerWith(...list);
            try {
              authorizer.authorize(caller, { action, resource: 'r/1' });
              return true;
            } catch {
              return false;
            }
          };
          return allowed(statements) || !allowed(statements.filter((_, index) => index !== removed));
        },
      ),
    );
  });
});
