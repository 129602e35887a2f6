/** Writes a tiny cloud assembly by hand, as `cdk synth` would, into a temporary folder. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '../types.ts';

export interface FixtureStack {
  template: JsonObject;
  dependencies?: string[];
  /** Asset name → files by path. A function refers to it with `assetCode(name)`. */
  assets?: Record<string, Record<string, string>>;
}

/** Path of the assembly's folder. Give the same folder again to write a newer assembly over it. */
export function writeAssembly(
  stacks: Record<string, FixtureStack>,
  folder = mkdtempSync(join(tmpdir(), 'assembly-')),
): string {
  const artifacts: Record<string, unknown> = {};
  for (const [name, { template, dependencies = [], assets = {} }] of Object.entries(stacks)) {
    const files: Record<string, unknown> = {};
    for (const [asset, content] of Object.entries(assets)) {
      const path = `asset.${asset}-${hashOf(content)}`;
      for (const [file, text] of Object.entries(content)) {
        mkdirSync(dirname(join(folder, path, file)), { recursive: true });
        writeFileSync(join(folder, path, file), text);
      }
      const destinations = { 'current_account-current_region': { bucketName: 'assets', objectKey: `${asset}.zip` } };
      files[asset] = { source: { path, packaging: 'zip' }, destinations };
    }
    writeJson(join(folder, `${name}.assets.json`), { version: '48.0.0', files });
    writeJson(join(folder, `${name}.template.json`), template);
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json` },
      dependencies: [...dependencies, `${name}.assets`],
    };
  }
  writeJson(join(folder, 'manifest.json'), { version: '48.0.0', artifacts });
  return folder;
}

export function assetCode(name: string): JsonObject {
  return { S3Bucket: { 'Fn::Sub': 'cdk-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: `${name}.zip` };
}

/** A role that Lambda may assume, with these statements. */
export function lambdaRole(...statements: JsonObject[]): JsonObject {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      ...(statements.length === 0
        ? {}
        : { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }] }),
    },
  };
}

/** A Node function of this asset, by the role with this logical id. */
export function lambdaFunction(asset: string, role: string, properties: JsonObject = {}): JsonObject {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: assetCode(asset),
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: { 'Fn::GetAtt': [role, 'Arn'] },
      ...properties,
    },
  };
}

function hashOf(content: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}
function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
}
