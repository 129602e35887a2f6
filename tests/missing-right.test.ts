/** A statement that is taken out of a function's policy in the synthesized template is missed at once, and by name. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOrder } from '../shared/contracts/orders/place-order.ts';
import { eventually, logsOf } from './support/observe.ts';
import { newPerson } from './support/people.ts';
import { ASSEMBLY, startPlatform } from './support/platform.ts';
import { newProduct } from './support/products.ts';

/** A copy of the assembly in which one role's statements that hold `action` are gone. Answers its folder. */
function assemblyWithout(changes: readonly { template: string; role: RegExp; action: string; key: string }[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mewayz-assembly-'));
  cpSync(realpathSync(ASSEMBLY), folder, { recursive: true });
  for (const entry of new Set(changes.map(({ template }) => template))) {
    const mine = changes.filter(({ template }) => template === entry);
    const template = JSON.parse(readFileSync(join(ASSEMBLY, entry), 'utf8'));
    for (const { role, action, key } of mine) {
      let removed = 0;
      for (const [id, { Type, Properties }] of Object.entries<{ Type: string; Properties: never }>(
        template.Resources,
      )) {
        if (!Type.startsWith('AWS::IAM::') || !role.test(id)) continue;
        for (const document of documentsOf(Properties)) {
          const kept = document.Statement.filter(
            (statement) => !([statement.Action].flat().includes(action) && JSON.stringify(statement).includes(key)),
          );
          removed += document.Statement.length - kept.length;
          document.Statement = kept;
        }
      }
      if (removed !== 1) throw new Error(`${removed} statements hold ${action} on ${key} for ${role}`);
    }
    writeFileSync(join(folder, entry), JSON.stringify(template));
  }
  return folder;
}
interface Document {
  Statement: { Action: string | string[] }[];
}
function documentsOf({
  PolicyDocument,
  Policies = [],
}: {
  PolicyDocument?: Document;
  Policies?: { PolicyDocument: Document }[];
}) {
  return [...(PolicyDocument ? [PolicyDocument] : []), ...Policies.map((policy) => policy.PolicyDocument)];
}

test('a function without one of its statements fails, and says which function, action and resource', async () => {
  const folder = assemblyWithout([
    { template: 'Area-orders.template.json', role: /^PlaceOrder/, action: 'dynamodb:UpdateItem', key: 'INVENTORY#*' },
    {
      template: 'Area-products.template.json',
      role: /OnProductChangedIndex/,
      action: 'dynamodb:PutItem',
      key: 'PRODUCTLIST#*',
    },
  ]);
  const crippled = await startPlatform({ assembly: folder });
  try {
    const admin = await newPerson(crippled, 'admin');
    const productId = await newProduct(admin.api, 10);
    const reply = await admin.api.call(placeOrder, { body: { lines: [{ productId, quantity: 1 }] } });
    expect([reply.status, reply.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(reply.text).not.toMatch(/AccessDenied|dynamodb|arn:/);
    const denial = (action: string, name: string) =>
      new RegExp(
        `AccessDeniedException.*assumed-role/[^ ]*${name}[^ ]* is not authorized to perform: dynamodb:${action} on resource: arn:aws:dynamodb:[^ ]*:table/`,
      );
    expect((await logsOf(crippled, 'orders.place-order')).join('\n')).toMatch(
      denial('(BatchGetItem|UpdateItem)', 'PlaceOrder'),
    );
    await eventually('the reaction is denied too', async () =>
      denial('(GetItem|PutItem)', 'OnProductChangedIndex').test(
        (await logsOf(crippled, 'products.on-product-changed.index')).join('\n'),
      ),
    );
  } finally {
    await crippled.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
