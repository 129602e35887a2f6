/** The whole application from the declarations: nothing here names an operation except those that infrastructure itself calls. */
import { type App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { EventDeclaration } from '../events/event.ts';
import type { FunctionDeclaration } from '../functions/platform/declaration.ts';
import type { AnyEntity } from '../functions/platform/entity.ts';
import { areaOf } from './declarations.ts';
import { Platform } from './platform.ts';
import { operationsOf } from './routes.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { AreaStack } from './stacks/area-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { IdentityStack } from './stacks/identity-stack.ts';
import { MessagingStack } from './stacks/messaging-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { WebStack } from './stacks/web-stack.ts';
import type { StageConfig } from './stages.ts';

/**
 * Areas whose functions the shared stacks call, so that theirs stand before: custom resources, and what the user pool asks. They refer to nothing
 * shared but the alarms.
 */
const DEPLOYMENT_AREA = 'deployment';
const IDENTITY_AREA = 'identity';

export interface Source {
  readonly declarations: readonly FunctionDeclaration[];
  readonly events: readonly EventDeclaration[];
  /** Folder with the bundle of a function. */
  bundleOf(id: string): string;
  /** Folder with the exported pages of the web application. */
  readonly pages: string;
}

/** Every entity that any function may touch, in the order of their names. */
export function entitiesOf(declarations: readonly FunctionDeclaration[]): AnyEntity[] {
  const found = new Map<string, AnyEntity>();
  for (const { access } of declarations) {
    for (const { entity } of Object.values(access.table ?? {})) found.set(entity.name, entity);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Builds all stacks of a stage, in the order of their deployment: what is shared, the two APIs, the web, and then the areas, each of
 * which refers to what it uses. APIs name their functions, so an area's stack can change without them.
 */
export function buildApp(app: App, config: StageConfig, source: Source): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const { declarations } = source;
  const platform = new Platform(config, (id) => Code.fromAsset(source.bundleOf(id)));

  new ObservabilityStack(app, platform, declarations);
  new DataStack(app, platform, entitiesOf(declarations));
  new MessagingStack(app, platform, source.events);
  const of = (area: string) => declarations.filter(({ id }) => areaOf(id) === area);
  const deployment = new AreaStack(app, DEPLOYMENT_AREA, platform, of(DEPLOYMENT_AREA));
  const identity = new AreaStack(app, IDENTITY_AREA, platform, of(IDENTITY_AREA));
  new IdentityStack(app, platform, {
    keysFunction: deployment.aliasOf('deployment.user-pool-keys'),
    mailFunction: identity.aliasOf('identity.mail-code'),
  });
  const api = new ApiStack(app, platform, operationsOf(declarations));
  new WebStack(app, platform, api.browserHost, deployment.aliasOf('deployment.origin-secret'), source.pages);

  // Areas that ask whether the others' queues answer come last.
  const areas = [...new Set(declarations.map(({ id }) => areaOf(id)))].filter(
    (area) => area !== DEPLOYMENT_AREA && area !== IDENTITY_AREA,
  );
  const probing = areas.filter((area) => of(area).some(({ access }) => access.probe));
  for (const area of [...areas.filter((name) => !probing.includes(name)), ...probing]) {
    new AreaStack(app, area, platform, of(area));
  }
}
