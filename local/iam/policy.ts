/** Evaluates policy documents: explicit deny beats allow, no match is no right. Each document is compiled once. */
import type { PolicyDocument, PolicyStatement } from '../types.ts';
import { type CompiledCondition, type Context, compileCondition, substitute } from './conditions.ts';
import { wildcard } from './wildcard.ts';

export type Decision = 'allow' | 'deny' | 'none';
export interface PolicyRequest {
  action: string;
  resource: string;
  context: Context;
  /** Who asks, for the `Principal` of a resource policy; identity policies have none. */
  principal?: Principal;
}
export interface Principal {
  /** ARN of the role, or undefined for services and anonymous. */
  arn?: string;
  service?: string;
}

interface CompiledStatement {
  statement: PolicyStatement;
  matches(request: PolicyRequest): boolean;
}
interface CompiledPolicy {
  allow: CompiledStatement[];
  deny: CompiledStatement[];
}

const cache = new WeakMap<PolicyDocument, CompiledPolicy>();

/** What these documents together say of the request. Throws when a document holds what is not known. */
export function decide(documents: readonly PolicyDocument[], request: PolicyRequest): Decision {
  let decision: Decision = 'none';
  for (const document of documents) {
    const { allow, deny } = compile(document);
    if (deny.some(({ matches }) => matches(request))) return 'deny';
    if (decision === 'none' && allow.some(({ matches }) => matches(request))) decision = 'allow';
  }
  return decision;
}

/** The statements of these documents that allow the request, whatever is denied elsewhere. */
export function statementsAllowing(documents: readonly PolicyDocument[], request: PolicyRequest): PolicyStatement[] {
  return documents.flatMap((document) =>
    compile(document).allow.flatMap(({ statement, matches }) => (matches(request) ? [statement] : [])),
  );
}

function compile(document: PolicyDocument): CompiledPolicy {
  let policy = cache.get(document);
  if (policy === undefined) {
    const statements = [document.Statement].flat();
    policy = {
      allow: statements.filter(({ Effect }) => Effect === 'Allow').map(compileStatement),
      deny: statements.filter(({ Effect }) => Effect === 'Deny').map(compileStatement),
    };
    cache.set(document, policy);
  }
  return policy;
}

function compileStatement(statement: PolicyStatement): CompiledStatement {
  const action = compileActions(statement);
  const resource = compileResources(statement);
  const principal = compilePrincipal(statement.Principal);
  const conditions: CompiledCondition[] = Object.entries(statement.Condition ?? {}).map(([operator, keys]) =>
    compileCondition(operator, keys),
  );
  return {
    statement,
    matches: (request) =>
      action(request.action) &&
      resource(request) &&
      principal(request.principal) &&
      conditions.every((condition) => condition(request.context)),
  };
}

function compileActions({ Action, NotAction }: PolicyStatement): (action: string) => boolean {
  const patterns = [Action ?? NotAction ?? []].flat().map((pattern) => wildcard(pattern, 'i'));
  const wanted = Action !== undefined;
  return (action) => patterns.some((pattern) => pattern.test(action)) === wanted;
}

function compileResources({ Resource, NotResource }: PolicyStatement): (request: PolicyRequest) => boolean {
  if (Resource === undefined && NotResource === undefined) return () => true;
  const patterns = [Resource ?? NotResource ?? []].flat();
  const wanted = Resource !== undefined;
  return ({ resource, context }) =>
    patterns.some((pattern) => wildcard(substitute(pattern, context)).test(resource)) === wanted;
}

function compilePrincipal(principal: PolicyStatement['Principal']): (who: Principal | undefined) => boolean {
  if (principal === undefined) return () => true;
  if (principal === '*') return () => true;
  const arns = [principal.AWS ?? []].flat();
  const services = [principal.Service ?? []].flat();
  return (who) =>
    arns.includes('*') ||
    (who?.service !== undefined && services.includes(who.service)) ||
    (who?.arn !== undefined && arns.includes(who.arn));
}
