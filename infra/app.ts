/** Entry point of `cdk synth` and `cdk deploy`: bundles the functions, then builds the stage that the context names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { events } from '../events/registry.ts';
import { areas } from '../functions/registry.ts';
import { buildApp } from './application.ts';
import { bundle, bundleFolder } from './bundle.ts';
import { declarationsOf } from './declarations.ts';
import { stageConfig } from './stages.ts';

const app = new App();
const config = stageConfig(String(app.node.tryGetContext('stage') ?? 'dev'), (key) => app.node.tryGetContext(key));
const declarations = declarationsOf(areas);
await bundle(declarations.map(({ id }) => id));

const exported = 'web/out';
buildApp(app, config, {
  declarations,
  events,
  bundleOf: (id) => join(bundleFolder, id),
  pages: existsSync(join(exported, 'index.html')) ? exported : 'infra/no-pages',
});
