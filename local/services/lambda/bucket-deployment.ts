/**
 * `Custom::CDKBucketDeployment`, done by the platform itself: CDK's own function needs Python and the AWS CLI. It copies the
 * files of the source assets into the bucket and prunes what is no longer there. Differs from AWS: a CloudFront invalidation
 * is not needed (nothing is cached at an edge).
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wildcard } from '../../iam/wildcard.ts';
import type { Cloud, CreatedResource, Json, JsonObject, ObjectToStore, ResourceDeclaration } from '../../types.ts';
import { contentTypeOf } from './content-type.ts';
import type { LambdaStore } from './store.ts';
import { unzip, type ZipEntry } from './unzip.ts';

export async function deployToBucket(
  { stack, logicalId, properties }: ResourceDeclaration,
  cloud: Cloud,
  store: LambdaStore,
): Promise<CreatedResource> {
  const text = JSON.stringify(properties);
  const bucket = String(properties.DestinationBucketName);
  const created: CreatedResource = {
    ref: `aws.cdk.s3deployment.${logicalId}`,
    attributes: {
      DestinationBucketArn: `arn:aws:s3:::${bucket}`,
      SourceObjectKeys: properties.SourceObjectKeys as Json,
    },
  };
  if (store.customResource(stack, logicalId)?.properties === text) return created;

  const prefix = String(properties.DestinationBucketKeyPrefix ?? '').replace(/^\/|\/$/g, '');
  const root = { kind: 'root' } as const;
  const kept = new Set<string>();
  for (const { name, content } of sourceFiles(properties, cloud)) {
    if (!isSelected(name, properties)) continue;
    const key = prefix === '' ? name : `${prefix}/${name}`;
    await cloud.writeObject(bucket, key, toObject(name, content, properties), root);
    kept.add(key);
  }
  if (properties.Prune !== false && properties.Prune !== 'false') {
    for (const key of await cloud.listObjects(bucket, prefix === '' ? '' : `${prefix}/`, root)) {
      const name = prefix === '' ? key : key.slice(prefix.length + 1);
      if (!kept.has(key) && isSelected(name, properties)) await cloud.deleteObject(bucket, key, root);
    }
  }
  store.saveCustomResource(stack, logicalId, {
    serviceToken: 'native',
    properties: text,
    physicalId: created.ref,
    data: '{}',
  });
  return created;
}

/** Later sources overwrite earlier ones; markers stand for values that only the deployment knows. */
function sourceFiles(properties: JsonObject, cloud: Cloud): ZipEntry[] {
  const buckets = properties.SourceBucketNames as string[];
  const keys = properties.SourceObjectKeys as string[];
  const markers = (properties.SourceMarkers ?? []) as Record<string, Json>[];
  const configs = (properties.SourceMarkersConfig ?? []) as Omit<Markers, 'values'>[];
  const extract = properties.Extract !== false && properties.Extract !== 'false';
  const files = new Map<string, Buffer>();
  for (const [index, key] of keys.entries()) {
    const path = cloud.findAsset(buckets[index] ?? '', key);
    if (path === undefined) throw new Error(`The source ${key} is no asset of this assembly`);
    for (const { name, content } of readSource(path, key, extract))
      files.set(name, replaceMarkers(content, { ...configs[index], values: markers[index] ?? {} }));
  }
  return [...files].map(([name, content]) => ({ name, content }));
}

function readSource(path: string, key: string, extract: boolean): ZipEntry[] {
  if (statSync(path).isDirectory()) {
    const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(path, name)).isFile(),
    );
    return files.map((name) => ({ name: name.replaceAll('\\', '/'), content: readFileSync(join(path, name)) }));
  }
  return extract ? unzip(readFileSync(path)) : [{ name: key, content: readFileSync(path) }];
}

interface Markers {
  values: Record<string, Json>;
  jsonEscape?: string | boolean;
  markerEncodings?: Record<string, string>;
}
function replaceMarkers(content: Buffer, { values, jsonEscape, markerEncodings = {} }: Markers): Buffer {
  const pairs = Object.entries(values).filter(([marker]) => content.includes(marker));
  if (pairs.length === 0) return content;
  const fallback = String(jsonEscape).toLowerCase() === 'true' ? 'UNQUOTED_JSON_VALUE' : 'LITERAL';
  const replaced = pairs.reduce(
    (text, [marker, value]) => text.replaceAll(marker, () => encodeMarker(value, markerEncodings[marker] ?? fallback)),
    content.toString(),
  );
  return Buffer.from(replaced);
}
/** As CDK's own handler (bucket-deployment-handler/index.py) encodes them. */
function encodeMarker(value: Json, encoding: string): string {
  const json = JSON.stringify(value);
  switch (encoding) {
    case 'LITERAL':
      return String(value);
    case 'UNQUOTED_JSON_VALUE':
      return json.replace(/^"(.*)"$/s, '$1');
    case 'JSON_VALUE':
      return json;
    case 'YAML_STRING':
      return /^[A-Za-z][A-Za-z0-9._-]*$/.test(String(value)) &&
        !/^(y|n|yes|no|true|false|on|off|null)$/i.test(String(value))
        ? String(value)
        : json;
    default:
      throw new Error(`The encoding ${encoding} of a source marker is not known`);
  }
}

/** `Exclude` and `Include` as `aws s3 sync` reads them: the last one that matches decides. */
function isSelected(name: string, { Exclude = [], Include = [] }: JsonObject): boolean {
  const matches = (patterns: Json): boolean => (patterns as string[]).some((pattern) => wildcard(pattern).test(name));
  return matches(Include) || !matches(Exclude);
}

function toObject(
  name: string,
  content: Buffer,
  { SystemMetadata = {}, UserMetadata = {} }: JsonObject,
): ObjectToStore {
  const system = SystemMetadata as Record<string, string>;
  const encoding = system['content-encoding'];
  const object: ObjectToStore = {
    body: content,
    contentType: system['content-type'] ?? contentTypeOf(name),
  };
  if (system['cache-control'] !== undefined) object.cacheControl = system['cache-control'];
  if (encoding !== undefined) object.contentEncoding = encoding;
  if (system['content-disposition'] !== undefined) object.contentDisposition = system['content-disposition'];
  const metadata = Object.entries(UserMetadata as Record<string, string>);
  if (metadata.length > 0)
    object.metadata = Object.fromEntries(metadata.map(([key, value]) => [key.replace(/^x-amz-meta-/, ''), value]));
  return object;
}
