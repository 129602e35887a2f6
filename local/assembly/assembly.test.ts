import { writeAssembly } from '../testing/fixture-assembly.ts';
import type { Json, JsonObject, ResourceDeclaration } from '../types.ts';
import { evaluate, references, type Scope } from './intrinsics.ts';
import { creationOrder, provision } from './provision.ts';
import { readAssembly } from './read-assembly.ts';

const scope: Scope = {
  stackName: 'S',
  region: 'us-east-1',
  accountId: '000000000000',
  ref: (name) => `ref-${name}`,
  attribute: (name, attribute) => `${name}.${attribute}`,
  importValue: (name) => `imported ${name}`,
  stackOutput: (stack, output) => `${stack}/${output}`,
  mapping: (map, first, second) => (map === 'M' && first === 'a' && second === 'b' ? 'mapped' : undefined),
  condition: (name) => name === 'Yes',
  dynamicReference: (reference) => `<${reference}>`,
};
const NoValue = { Ref: 'AWS::NoValue' };

describe('intrinsic functions', () => {
  test.each<[Json, Json]>([
    [{ Ref: 'X' }, 'ref-X'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ 'Fn::GetAtt': ['X', 'Arn'] }, 'X.Arn'],
    [{ 'Fn::GetAtt': 'X.Nested.Arn' }, 'X.Nested.Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'X' }, 'c']] }, 'a-ref-X-c'],
    [{ 'Fn::Sub': '${X}/${X.Arn}/${AWS::AccountId}/${!Kept}' }, 'ref-X/X.Arn/000000000000/${Kept}'],
    [{ 'Fn::Sub': ['${a}-${X}', { a: { Ref: 'Y' } }] }, 'ref-Y-ref-X'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'Data:${X}' } }, 'imported Data:ref-X'],
    [{ 'Fn::GetStackOutput': { StackName: 'Data', OutputName: 'Arn' } }, 'Data/Arn'],
    [{ 'Fn::FindInMap': ['M', 'a', 'b'] }, 'mapped'],
    [{ 'Fn::FindInMap': ['M', 'a', 'c', { DefaultValue: 'other' }] }, 'other'],
    [{ 'Fn::If': ['Yes', 1, 2] }, 1],
    [{ a: { 'Fn::If': ['No', 1, NoValue] }, b: [NoValue, 2] }, { b: [2] }],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] }, true],
    [{ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['1', 1] }] }, true],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    ['{{resolve:ssm:/a/b:1}}', '<ssm:/a/b:1>'],
    [{ Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
  ])('%j gives %j', (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected);
  });

  test('every kind of reference is found', () => {
    const value: Json = [
      { Ref: 'A' },
      { 'Fn::GetAtt': ['B', 'Arn'] },
      { 'Fn::Sub': ['${C.Arn} ${D} ${e} ${!F}', { e: { Ref: 'G' } }] },
      { Ref: 'AWS::Region' },
    ];
    expect([...references(value)].sort()).toEqual(['A', 'B', 'C', 'D', 'G']);
  });
});

describe('an assembly', () => {
  async function run(stacks: Parameters<typeof writeAssembly>[0]) {
    const created: ResourceDeclaration[] = [];
    const outputs = await provision(readAssembly(writeAssembly(stacks)), {
      region: 'us-east-1',
      accountId: '000000000000',
      provider: (type) =>
        type.startsWith('Test::')
          ? (resource) => {
              created.push(resource);
              return {
                ref: `${resource.stack}.${resource.logicalId}`,
                attributes: { Arn: `arn:${resource.logicalId}` },
              };
            }
          : undefined,
      readParameter: (name) => (name === '/known' ? 'from ssm' : undefined),
    });
    return { outputs, created };
  }
  const resource = (properties: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
    Type: 'Test::Thing',
    Properties: properties,
    ...more,
  });

  test('stacks and resources come to life after what they need', async () => {
    const { outputs, created } = await run({
      App: {
        dependencies: ['Data'],
        template: {
          Resources: {
            Last: resource({ of: { 'Fn::GetAtt': ['First', 'Arn'] } }),
            First: resource({ from: { 'Fn::ImportValue': 'Data:Thing' } }, { DependsOn: 'Zero' }),
            Zero: resource(),
          },
          Outputs: { Last: { Value: { Ref: 'Last' } } },
        },
      },
      Data: {
        template: {
          Resources: { Thing: resource() },
          Outputs: { T: { Value: { Ref: 'Thing' }, Export: { Name: 'Data:Thing' } } },
        },
      },
    });
    expect(created.map(({ logicalId }) => logicalId)).toEqual(['Thing', 'Zero', 'First', 'Last']);
    expect(created[2]?.properties).toEqual({ from: 'Data.Thing' });
    expect(outputs).toEqual({ Data: { T: 'Data.Thing' }, App: { Last: 'App.Last' } });
  });

  test('parameters have their defaults, those of SSM their stored values, the bootstrap version any', async () => {
    const { created } = await run({
      S: {
        template: {
          Parameters: {
            Plain: { Type: 'Number', Default: 3 },
            Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/known' },
            BootstrapVersion: {
              Type: 'AWS::SSM::Parameter::Value<String>',
              Default: '/cdk-bootstrap/hnb659fds/version',
            },
          },
          Resources: {
            R: resource({
              p: { Ref: 'Plain' },
              s: { Ref: 'Stored' },
              b: { Ref: 'BootstrapVersion' },
              d: '{{resolve:ssm:/known}}',
            }),
          },
        },
      },
    });
    expect(created[0]?.properties).toMatchObject({ p: 3, s: 'from ssm', d: 'from ssm' });
  });

  test('a resource whose condition is false does not exist', async () => {
    const { created } = await run({
      S: {
        template: {
          Conditions: { InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] } },
          Resources: { Here: resource(), There: resource({}, { Condition: 'InEurope' }) },
        },
      },
    });
    expect(created.map(({ logicalId }) => logicalId)).toEqual(['Here']);
  });

  test('all that is unknown is told at once, before anything starts', async () => {
    const stack = {
      template: {
        Resources: {
          A: { Type: 'AWS::Neptune::DBCluster' },
          B: resource({ x: { 'Fn::Cidr': [] } }),
          C: { Type: 'AWS::EKS::Cluster' },
        },
      },
    };
    await expect(run({ S: stack })).rejects.toThrow(
      'This platform cannot run the assembly:\n  - S/A: the resource type AWS::Neptune::DBCluster is not known\n  - S/C: the resource type AWS::EKS::Cluster is not known\n  - S/B: the function Fn::Cidr is not known',
    );
  });

  test('a missing attribute, export or parameter names itself and who asked', async () => {
    const stack = (properties: JsonObject) => ({
      S: { template: { Resources: { A: resource(), B: resource(properties) } } },
    });
    await expect(run(stack({ x: { 'Fn::GetAtt': ['A', 'Colour'] } }))).rejects.toThrow(
      'S/B (Test::Thing): Fn::GetAtt: A (Test::Thing) has no attribute Colour here',
    );
    await expect(run(stack({ x: { 'Fn::ImportValue': 'none' } }))).rejects.toThrow(
      'no stack before this one exports none',
    );
    await expect(run(stack({ x: '{{resolve:ssm:/unknown}}' }))).rejects.toThrow('There is no SSM parameter /unknown');
  });

  test('a circle is an error that names it', () => {
    const resources = { A: { Type: 'T', Properties: { x: { Ref: 'B' } } }, B: { Type: 'T', DependsOn: 'A' } };
    expect(() => creationOrder('S', resources)).toThrow('S: circular reference A → B → A');
  });
});
