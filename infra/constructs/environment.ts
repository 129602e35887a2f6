/** Which settings a function gets: only those that its declaration gives it a use for. */
import type { FunctionDeclaration } from '../../functions/platform/declaration.ts';
import type { EnvName } from '../../functions/platform/env.ts';

/** Settings that the function reads. An operation that looks its caller up verifies tokens: it needs the pool's keys. */
export function environmentOf(declaration: FunctionDeclaration): EnvName[] {
  const { access } = declaration;
  const names = new Set<EnvName>(['stage']);
  if (Object.keys(access.table ?? {}).length > 0) names.add('tableName').add('listShards');
  if (access.publish || access.probe) names.add('busName');
  if (access.probe) names.add('tableName').add('userPoolId').add('probeQueues');
  if (access.identity) names.add('userPoolId');
  if (access.identityClient) {
    names.add('userPoolClientId').add('userPoolClientSecret');
    names.add('signUpClientId').add('signUpClientSecret');
  }
  if (access.anchor) names.add('auditBucket');
  if (access.uploads) names.add('uploadsBucket');
  if (access.media) names.add('mediaBucket');
  if (access.mail) names.add('mailFrom').add('publicUrl');
  if (declaration.kind === 'http' || declaration.kind === 'fallback') {
    names.add('publicUrl').add('corsOrigins').add('originSecret');
    if ('http:users' in (access.table ?? {})) names.add('userPoolId').add('userPoolClientId').add('jwks');
  }
  return [...names].sort();
}
