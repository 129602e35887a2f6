/**
 * AWS IAM. Resource types: Role (inline and managed policies, trust), Policy, ManagedPolicy. No operations: roles come from
 * templates. `/_local/api/iam` tells what each role is granted and what of it was needed since the start. Differs from AWS: permissions boundaries, users and groups are not known; AWS's own managed policies are
 * those of `iam/managed-policies.ts`.
 */
import type { Authorizer } from '../iam/authorizer.ts';
import { managedPolicies } from '../iam/managed-policies.ts';
import {
  AwsError,
  type Cloud,
  type Json,
  type PolicyDocument,
  type ResourceDeclaration,
  type Service,
} from '../types.ts';
import { generatedName } from './lambda/functions.ts';

export function createIam(cloud: Cloud, authorizer: Authorizer): Service {
  /** Customer managed policies of the templates by ARN. */
  const managed = new Map<string, PolicyDocument>();
  const roleArn = (name: string): string => `arn:aws:iam::${cloud.accountId}:role/${name}`;
  /** Roles with a path are attached by name alone, as in AWS. */
  const arnByName = new Map<string, string>();

  const documentOf = (arn: string): PolicyDocument => {
    const document = managed.get(arn) ?? managedPolicies[arn.replace(/^arn:aws:iam::aws:policy\//, '')];
    if (document === undefined) throw new Error(`The managed policy ${arn} is not known here`);
    return document;
  };
  const attach = ({ stack, logicalId, properties }: ResourceDeclaration, document: PolicyDocument): void => {
    if (properties.Users !== undefined || properties.Groups !== undefined)
      throw new Error('Users and groups are not known here');
    for (const name of (properties.Roles ?? []) as string[]) {
      authorizer.attachToRole(arnByName.get(name) ?? roleArn(name), `${stack}/${logicalId}`, [document]);
    }
  };
  const unknown = (operation: string | undefined): never => {
    throw new AwsError('UnknownOperationException', `iam: the operation ${operation} is not known here`);
  };

  return {
    names: ['iam'],
    resources: {
      'AWS::IAM::Role': ({ stack, logicalId, properties }) => {
        if (properties.PermissionsBoundary !== undefined) throw new Error('Permissions boundaries are not known here');
        const name = typeof properties.RoleName === 'string' ? properties.RoleName : generatedName(stack, logicalId);
        const path = String(properties.Path ?? '/');
        const arn = roleArn(`${path.slice(1)}${name}`);
        const inline = ((properties.Policies ?? []) as { PolicyDocument: Json }[]).map(
          ({ PolicyDocument }) => PolicyDocument,
        );
        const attached = ((properties.ManagedPolicyArns ?? []) as string[]).map(documentOf);
        const trust = properties.AssumeRolePolicyDocument as unknown as PolicyDocument;
        authorizer.putRole(arn, trust, [...(inline as unknown as PolicyDocument[]), ...attached]);
        arnByName.set(name, arn);
        return { ref: name, attributes: { Arn: arn, RoleId: `AROA${generatedName(stack, logicalId).slice(-12)}LOCL` } };
      },
      'AWS::IAM::Policy': (resource) => {
        attach(resource, resource.properties.PolicyDocument as unknown as PolicyDocument);
        return { ref: generatedName(resource.stack, resource.logicalId), attributes: { Id: resource.logicalId } };
      },
      'AWS::IAM::ManagedPolicy': (resource) => {
        const { stack, logicalId, properties } = resource;
        const name =
          typeof properties.ManagedPolicyName === 'string'
            ? properties.ManagedPolicyName
            : generatedName(stack, logicalId);
        const arn = `arn:aws:iam::${cloud.accountId}:policy${String(properties.Path ?? '/')}${name}`;
        const document = properties.PolicyDocument as unknown as PolicyDocument;
        managed.set(arn, document);
        attach(resource, document);
        return { ref: arn, attributes: { PolicyArn: arn } };
      },
    },
    rights: ({ operation }) => unknown(operation),
    handle: async ({ operation }) => unknown(operation),
    inspect: async () => authorizer.rightsUsage() as unknown as Json,
  };
}
