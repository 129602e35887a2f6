/** What infrastructure comes to: every template, and every role in a form that a reviewer can read. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildApp, type Source } from '../../infra/application.ts';
import { stageConfig } from '../../infra/stages.ts';

type Json = Record<string, unknown>;
export interface Template {
  readonly Resources: Record<string, { Type: string; Properties?: Json }>;
  readonly Outputs?: Record<string, { Value: unknown }>;
}

/**
 * Synthesizes a stage with bundles that never change. Stack name → template. Throws on a finding of cdk-nag; of CloudFormation's own
 * rules only with `validate`, because they take seconds and `cdk synth` checks them anyhow.
 */
export function templatesOf(
  stage: string,
  source: Omit<Source, 'bundleOf' | 'pages'>,
  { validate = false } = {},
): Map<string, Template> {
  const outdir = mkdtempSync(join(tmpdir(), 'mewayz-templates-'));
  try {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Json };
    const app = new App({ outdir, context, analyticsReporting: false, builtinCloudFormationValidation: validate });
    buildApp(app, stageConfig(stage), { ...source, bundleOf: () => 'infra/no-bundle', pages: 'infra/no-pages' });
    return new Map(app.synth().stacks.map((stack) => [stack.stackName, stack.template as Template]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A template as text, without what changes with CDK's own assets. */
export function templateText(template: Template): string {
  return `${JSON.stringify(template, null, 1).replace(/"[0-9a-f]{64}(\.\w+)?"/g, '"<asset>$1"')}\n`;
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** `function → actions → resources` for every function's role. */
export function iamText(templates: ReadonlyMap<string, Template>): string {
  const lines: string[] = [];
  for (const [stack, template] of templates) {
    for (const { Type, Properties = {} } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function' || Properties.FunctionName === undefined) continue;
      const roleId = ((Properties.Role as Json)['Fn::GetAtt'] as string[])[0] as string;
      const role = template.Resources[roleId]?.Properties as {
        Policies?: { PolicyDocument: { Statement: Statement[] } }[];
      };
      lines.push(String(Properties.FunctionName));
      for (const { PolicyDocument } of role.Policies ?? []) {
        for (const { Action, Resource, Condition } of PolicyDocument.Statement) {
          const resources = [Resource].flat().map((resource) => readable(resource, stack, templates));
          const fence = Condition ? `   where ${JSON.stringify(Object.values(Condition)[0])}` : '';
          lines.push(`  ${[Action].flat().join(', ')}`, ...resources.map((resource) => `    → ${resource}`));
          if (fence) lines.push(fence);
        }
      }
      lines.push('');
    }
  }
  return `${lines.join('\n')}`;
}

/** A resource in words: intrinsic functions followed to the resource that they mean. */
function readable(value: unknown, stack: string, templates: ReadonlyMap<string, Template>): string {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as Json) as [[string, unknown]];
  switch (name) {
    case 'Fn::GetAtt':
      return `${stack}/${(argument as string[]).join('.')}`;
    case 'Ref':
      return String(argument).startsWith('AWS::') ? `<${String(argument).slice(5)}>` : `${stack}/${argument}`;
    case 'Fn::Join':
      return (argument as [string, unknown[]])[1].map((part) => readable(part, stack, templates)).join('');
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
      return readable(templates.get(StackName)?.Outputs?.[OutputName]?.Value ?? OutputName, StackName, templates);
    }
    default:
      return JSON.stringify(value);
  }
}
