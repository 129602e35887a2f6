/** The functions of one area, each with what starts it. */
import { Stack } from 'aws-cdk-lib';
import { type Alias, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type {
  FallbackDeclaration,
  FunctionDeclaration,
  HttpDeclaration,
} from '../../functions/platform/declaration.ts';
import { DeclaredFunction } from '../constructs/declared-function.ts';
import { Deployments } from '../constructs/deployments.ts';
import { Reaction } from '../constructs/reaction.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { ServiceEventReaction } from '../constructs/service-event-reaction.ts';
import { TableConsumer } from '../constructs/table-consumer.ts';
import { stackName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { browserPaths, PARTNER_STAGE } from '../routes.ts';

export class AreaStack extends Stack {
  readonly #aliases = new Map<string, string>();

  constructor(scope: Construct, area: string, platform: Platform, declarations: readonly FunctionDeclaration[]) {
    const { config } = platform;
    super(scope, `Area-${area}`, {
      stackName: stackName(config.name, `area-${area}`),
      description: `Mewayz: the functions of ${area}`,
      env: { region: config.region },
    });
    const deployments = config.canary ? new Deployments(this) : undefined;
    for (const declaration of declarations) {
      switch (declaration.kind) {
        case 'http':
          this.#operation(declaration, platform, deployments);
          break;
        case 'fallback':
          this.#fallback(declaration, platform, deployments);
          break;
        case 'queue':
          new Reaction(this, declaration, platform, deployments);
          break;
        case 'service-event':
          new ServiceEventReaction(this, declaration, platform, deployments);
          break;
        case 'stream':
          new TableConsumer(this, declaration, platform, deployments);
          break;
        case 'schedule':
          new ScheduledFunction(this, declaration, platform, deployments);
          break;
        case 'resource':
        case 'trigger':
          // CloudFormation waits for the answer of the version it calls, and a trigger's failure is not to be seen: nothing to shift by canary.
          this.#aliases.set(declaration.id, new DeclaredFunction(this, declaration, platform).alias.functionArn);
          break;
      }
    }
  }

  /** ARN of the alias of a function that a shared stack calls. Throws when the area has no such function. */
  aliasOf(id: string): string {
    const arn = this.#aliases.get(id);
    if (arn === undefined) throw new Error(`No registry has the function ${id} for a shared stack.`);
    return arn;
  }

  /** An HTTP operation: API Gateway may invoke it for its own method and path, on the faces that have it. */
  #operation(declaration: HttpDeclaration, platform: Platform, deployments: Deployments | undefined): void {
    const { alias } = new DeclaredFunction(this, declaration, platform, { deployments });
    const { contract } = declaration;
    const path = contract.path.replace(/\{\w+\}/g, '*');
    const { browser, partner } = platform.apis();
    for (const [index, route] of browserPaths(path).entries()) {
      this.#permit(alias, `Browser${index || ''}`, browser, `*/${contract.method}${route}`);
    }
    if (contract.partner) this.#permit(alias, 'Partner', partner, `${PARTNER_STAGE}/${contract.method}${path}`);
  }

  #fallback(declaration: FallbackDeclaration, platform: Platform, deployments: Deployments | undefined): void {
    const { alias } = new DeclaredFunction(this, declaration, platform, { deployments });
    const { browser, partner } = platform.apis();
    this.#permit(alias, 'Browser', browser, '*/$default');
    // On a REST API it stands at ANY of every path.
    this.#permit(alias, 'Partner', partner, `${PARTNER_STAGE}/*`);
  }

  #permit(alias: Alias, name: string, api: string, route: string): void {
    new CfnPermission(alias, name, {
      action: 'lambda:InvokeFunction',
      functionName: alias.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.formatArn({ service: 'execute-api', resource: api, resourceName: route }),
    });
  }
}
