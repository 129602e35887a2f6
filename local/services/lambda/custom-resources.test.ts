import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../../runner.ts';
import { lambdaFunction, lambdaRole, writeAssembly } from '../../testing/fixture-assembly.ts';
import type { JsonObject } from '../../types.ts';

const code = `exports.handler = async (event) => {
  const body = event.ResourceProperties.fail
    ? { Status: 'FAILED', Reason: 'as asked' }
    : { Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId ?? 'made-once', Data: { Seen: event.RequestType + ' ' + event.ResourceProperties.size, Random: String(Math.random()) } };
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
};`;

function fixture(properties: JsonObject, folder?: string): string {
  return writeAssembly(
    {
      S: {
        assets: { fn: { 'index.js': code } },
        template: {
          Resources: {
            Role: lambdaRole(),
            Fn: lambdaFunction('fn', 'Role'),
            Thing: {
              Type: 'Custom::Thing',
              Properties: { ServiceToken: { 'Fn::GetAtt': ['Fn', 'Arn'] }, ...properties },
            },
          },
          Outputs: {
            Ref: { Value: { Ref: 'Thing' } },
            Seen: { Value: { 'Fn::GetAtt': ['Thing', 'Seen'] } },
            Random: { Value: { 'Fn::GetAtt': ['Thing', 'Random'] } },
          },
        },
      },
    },
    folder,
  );
}

describe('a custom resource', () => {
  test('is created once, untouched while its properties are equal, updated when they change', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
    const folder = fixture({ size: 1 });
    const first = await startLocal({ assembly: folder, stateDir, quiet: true });
    await first.stop();
    expect(first.outputs.S).toMatchObject({ Ref: 'made-once', Seen: 'Create 1' });

    const second = await startLocal({ assembly: folder, stateDir, quiet: true });
    expect(second.outputs.S).toEqual(first.outputs.S);
    fixture({ size: 2 }, folder);
    await second.reload();
    expect(second.outputs.S).toMatchObject({ Ref: 'made-once', Seen: 'Update 2' });
    await second.stop();
  });

  test('that fails stops the start and says why', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
    await expect(startLocal({ assembly: fixture({ fail: 'yes' }), stateDir, quiet: true })).rejects.toThrow(
      'S/Thing (Custom::Thing): as asked',
    );
  });
});
