/** The HTTP adapter: a contract and a `run` become a Lambda function behind both faces of the API. */
import type { Contract } from '../../shared/contracts/contract.ts';
import { tokenVerifier } from './authentication.ts';
import type { Access, DeclaredHandler, HttpDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { withAdapterAccess } from './http/adapter-access.ts';
import { type Chain, chain, type LambdaContext, type Run } from './http/chain.ts';
import type { Answer, HttpContext } from './http/context.ts';
import type { ApiEvent } from './http/exchange.ts';
import { httpSettings } from './http/settings.ts';
import type { Identity } from './identity.ts';
import { logger, metrics } from './observe.ts';

export { page, raw, reply } from './http/context.ts';
export { links } from './http/links.ts';

export interface HttpOptions<C extends Contract, A extends Access, R extends boolean, I extends Identity | undefined> {
  /** Everything that `run` touches. What the adapter itself reads is added by itself. */
  access: A;
  /** What breaks for people when the function fails. */
  errorImpact: string;
  memoryMb?: number;
  timeoutSeconds?: number;
  /** Public operations only: tell who calls, if a valid session or key comes along. Costs a read of the user. */
  recognize?: R;
  /** `createIdentity` of cognito.ts. Passed in, so that only bundles that use the user pool hold its client. */
  identity?: () => I;
  run(context: HttpContext<C, A, R, I>): Promise<Answer<C>>;
}

/**
 * Declares an HTTP operation. Nothing happens at import: clients, settings and the chain of concerns are made at the first
 * invocation. `run` throws AppError for each failure that its contract names; anything else becomes INTERNAL_ERROR.
 */
export function http<
  const C extends Contract,
  const A extends Access,
  const R extends boolean = false,
  I extends Identity | undefined = undefined,
>(contract: C, options: HttpOptions<C, A, R, I>): DeclaredHandler<HttpDeclaration> {
  const recognize = options.recognize ?? false;
  const access = withAdapterAccess(contract, options.access, recognize);
  let composed: Chain | undefined;
  const handler = (event: ApiEvent, lambda: LambdaContext) => {
    composed ??= chain(contract, recognize, options.run as Run, {
      settings: httpSettings(),
      openDb: (context) => createDb(access, context) as never,
      verifier: tokenVerifier,
      identity: options.identity as (() => Identity) | undefined,
      log: logger(contract.id),
      metrics: metrics(contract.id),
    });
    return composed(event, lambda);
  };
  const declaration: HttpDeclaration = {
    kind: 'http',
    id: contract.id,
    contract,
    access,
    errorImpact: options.errorImpact,
    memoryMb: options.memoryMb,
    timeoutSeconds: options.timeoutSeconds,
  };
  return Object.assign(handler as never, { declaration });
}
