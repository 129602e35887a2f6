/** The partner API as another company's program uses it. Keys are made at API Gateway's control plane, and entered in the table. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { apiKeys } from '../../functions/api-keys/api-key.table.ts';
import { createDb } from '../../functions/platform/dynamo.ts';
import { grant } from '../../functions/platform/entity.ts';
import { environmentNames } from '../../functions/platform/env.ts';
import { newId } from '../../shared/ids.ts';
import { type Permission, permissions } from '../../shared/permissions.ts';
import type { Plan } from '../../shared/plans.ts';
import { type Api, apiAt } from './api.ts';
import { operator, type Person } from './people.ts';
import type { RunningPlatform } from './platform.ts';

class Sha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each operation has a shape of its own
async function controlPlane(platform: RunningPlatform, method: string, path: string, body?: object): Promise<any> {
  const { hostname, port } = new URL(platform.endpoint);
  const signer = new SignatureV4({
    service: 'apigateway',
    region: 'us-east-1',
    credentials: platform.credentials,
    sha256: Sha256 as never,
  });
  const text = body && JSON.stringify(body);
  const { headers } = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    query: {},
    headers: { host: `${hostname}:${port}`, 'content-type': 'application/json' },
    body: text,
  });
  const response = await fetch(`${platform.endpoint}${path}`, { method, headers, body: text });
  const json = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(json)}`);
  return json;
}

/** A key of this plan for the person, narrowed to `scopes`; answers the partner face as whoever sends it. */
export async function newPartner(
  platform: RunningPlatform,
  person: Person,
  { plan = 'Enterprise' as Plan, scopes = permissions as readonly Permission[] } = {},
): Promise<Api & { key: string }> {
  const key = await controlPlane(platform, 'POST', '/apikeys', { name: `key of ${person.id}`, enabled: true });
  const { item } = await controlPlane(platform, 'GET', '/usageplans');
  const { id: planId } = item.find(({ name }: { name: string }) => name.endsWith(`-${plan}`));
  await controlPlane(platform, 'POST', `/usageplans/${planId}/keys`, { keyId: key.id, keyType: 'API_KEY' });
  process.env[environmentNames.tableName] = operator(platform).tableName;
  const db = createDb(
    { table: { apiKeys: grant(apiKeys, 'put') } },
    { actor: { id: 'system', type: 'system' }, correlationId: 'tests', now: () => new Date() },
  );
  const at = new Date().toISOString();
  await db.write(
    db.apiKeys.put({
      gatewayKeyId: key.id,
      id: newId('apiKey'),
      userId: person.id,
      name: 'Test key',
      scopes,
      status: 'active',
      createdAt: at,
      createdBy: person.id,
      updatedAt: at,
      updatedBy: person.id,
      version: 1,
    }),
  );
  return { key: key.value, ...apiAt(platform.partner, { 'x-api-key': key.value }) };
}
