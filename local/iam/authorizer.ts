/**
 * Roles, resource policies and the one decision "may this caller do this?", within one account: a right given by the
 * identity's policies OR by the resource's policy is enough; an explicit deny in either wins; service principals have
 * only what the resource's policy gives. `aws:SecureTransport` is always true here (the endpoint speaks HTTP on loopback).
 */
import { AwsError, type Caller, type PolicyDocument, type RequiredRight } from '../types.ts';
import { type Decision, decide, type Principal } from './policy.ts';
import { RightsUsage, type Use } from './usage.ts';

interface Role {
  trust: PolicyDocument;
  /** Kept as one array for the life of the process: callers hold it and see changes. */
  policies: PolicyDocument[];
  /** Policies by the name under which they were attached. */
  attached: Map<string, PolicyDocument[]>;
}

export class Authorizer {
  readonly #account: string;
  readonly #region: string;
  readonly #roles = new Map<string, Role>();
  /** Resource ARN → JSON text of a policy → the policy and the provisioning run that attached it. */
  readonly #resourcePolicies = new Map<string, Map<string, { policy: PolicyDocument; run: number }>>();
  #run = 0;
  readonly #usage = new RightsUsage();

  constructor(region: string, account: string) {
    this.#region = region;
    this.#account = account;
  }

  /** A new provisioning run begins: what it does not attach again is dropped by `endRun`. */
  beginRun(): void {
    this.#run += 1;
  }
  endRun(): void {
    for (const [arn, policies] of this.#resourcePolicies) {
      for (const [text, { run }] of policies) if (run !== this.#run) policies.delete(text);
      if (policies.size === 0) this.#resourcePolicies.delete(arn);
    }
  }

  /** Creates the role, or gives it new policies and forgets what was attached to it. */
  putRole(roleArn: string, trust: PolicyDocument, policies: PolicyDocument[]): void {
    const role = this.#roles.get(roleArn) ?? { trust, policies: [], attached: new Map() };
    role.trust = trust;
    role.attached = new Map([['', policies]]);
    this.#roles.set(roleArn, role);
    this.#refresh(role);
  }
  /** Attaches documents under a name (that of the policy resource); again under the same name replaces them. */
  attachToRole(roleArn: string, name: string, policies: PolicyDocument[]): void {
    const role = this.#role(roleArn);
    role.attached.set(name, policies);
    this.#refresh(role);
  }
  #refresh(role: Role): void {
    role.policies.splice(0, role.policies.length, ...[...role.attached.values()].flat());
  }
  #role(roleArn: string): Role {
    const role = this.#roles.get(roleArn);
    if (role === undefined) throw new AwsError('NoSuchEntity', `The role ${roleArn} cannot be found.`, 404);
    return role;
  }

  attachResourcePolicy(resourceArn: string, policy: PolicyDocument): void {
    const policies = this.#resourcePolicies.get(resourceArn) ?? new Map();
    const text = JSON.stringify(policy);
    policies.set(text, { policy: policies.get(text)?.policy ?? policy, run: this.#run });
    this.#resourcePolicies.set(resourceArn, policies);
  }

  assumeRole(roleArn: string, sessionName: string, principal?: string): Caller & { kind: 'role' } {
    const role = this.#role(roleArn);
    if (principal !== undefined) {
      const request = {
        action: 'sts:AssumeRole',
        resource: roleArn,
        context: new Map(),
        principal: { service: principal },
      };
      if (decide([role.trust], request) !== 'allow') {
        throw new AwsError('AccessDenied', `The role ${roleArn} cannot be assumed by ${principal}.`, 403);
      }
    }
    return { kind: 'role', roleArn, sessionName, policies: role.policies };
  }

  /** Throws AccessDeniedException, worded as AWS does, unless the caller has the right. */
  authorize(caller: Caller, { action, resource, context }: RequiredRight): void {
    if (caller.kind === 'root') return;
    const conditions = new Map<string, string | readonly string[]>([
      ['aws:securetransport', 'true'],
      ['aws:requestedregion', this.#region],
      ['aws:currenttime', new Date().toISOString()],
      ['aws:sourceip', '127.0.0.1'],
      ...callerContext(caller, this.#account),
    ]);
    for (const [key, value] of Object.entries(context ?? {})) conditions.set(key.toLowerCase(), value);
    const request = { action, resource, context: conditions };

    const byResource = this.#decideByResource(resource, { ...request, principal: principalOf(caller) });
    if (byResource === 'deny')
      throw denied(caller, action, resource, 'with an explicit deny in a resource-based policy');
    if (caller.kind === 'role') {
      const byIdentity = decide(caller.policies, request);
      if (byIdentity === 'deny')
        throw denied(caller, action, resource, 'with an explicit deny in an identity-based policy');
      if (byIdentity === 'allow') {
        this.#usage.record(caller.policies, request);
        return;
      }
    }
    if (byResource === 'allow') return;
    const kind = caller.kind === 'role' ? 'identity' : 'resource';
    throw denied(caller, action, resource, `because no ${kind}-based policy allows the ${action} action`);
  }

  /** Of every role: what its policies grant, and what of it was needed since the start. */
  rightsUsage(): { role: string; granted: Use[]; needed: Use[] }[] {
    return [...this.#roles].map(([role, { policies }]) => {
      const statements = policies.flatMap(({ Statement }) => [Statement].flat());
      const uses = statements.filter(({ Effect }) => Effect === 'Allow').map((statement) => this.#usage.of(statement));
      return {
        role,
        granted: uses.flatMap(({ granted }) => granted),
        needed: uses.flatMap(({ needed }) => needed),
      };
    });
  }

  /** A policy hangs on the resource or on what holds it: `bucket` for `bucket/key`, a table for its index. */
  #decideByResource(resource: string, request: Parameters<typeof decide>[1]): Decision {
    let decision: Decision = 'none';
    for (let arn = resource; ; arn = arn.slice(0, arn.lastIndexOf('/'))) {
      const policies = this.#resourcePolicies.get(arn);
      if (policies !== undefined) {
        const documents = [...policies.values()].map(({ policy }) => policy);
        const found = decide(documents, request);
        if (found === 'deny') return 'deny';
        if (found === 'allow') decision = 'allow';
      }
      if (!arn.includes('/')) return decision;
    }
  }
}

function callerContext(caller: Caller, account: string): [string, string][] {
  switch (caller.kind) {
    case 'role':
      return [
        ['aws:principalarn', caller.roleArn],
        ['aws:principalaccount', account],
        ['aws:principaltype', 'AssumedRole'],
        ['aws:principalisawsservice', 'false'],
        ['aws:userid', `${roleName(caller.roleArn)}:${caller.sessionName}`],
      ];
    case 'service': {
      const context: [string, string][] = [
        ['aws:principalisawsservice', 'true'],
        ['aws:principalservicename', caller.principal],
        ['aws:sourceaccount', caller.sourceAccount ?? account],
      ];
      if (caller.sourceArn !== undefined) context.push(['aws:sourcearn', caller.sourceArn]);
      return context;
    }
    default:
      return [['aws:principalisawsservice', 'false']];
  }
}

function principalOf(caller: Caller): Principal {
  if (caller.kind === 'role') return { arn: caller.roleArn };
  return caller.kind === 'service' ? { service: caller.principal } : {};
}

/** The ARN that AWS shows for the caller. */
export function callerArn(caller: Caller, account: string): string {
  if (caller.kind === 'root') return `arn:aws:iam::${account}:root`;
  if (caller.kind === 'role') {
    const [, , , , roleAccount] = caller.roleArn.split(':');
    return `arn:aws:sts::${roleAccount}:assumed-role/${roleName(caller.roleArn)}/${caller.sessionName}`;
  }
  return caller.kind === 'service' ? caller.principal : 'anonymous';
}
function roleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

function denied(caller: Caller, action: string, resource: string, reason: string): AwsError {
  const who = callerArn(caller, '');
  return new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    400,
  );
}
