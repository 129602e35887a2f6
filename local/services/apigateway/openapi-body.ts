import { existsSync, readFileSync } from 'node:fs';
import type { Cloud, JsonObject } from '../../types.ts';
import { objectOf, textOf } from '../edge/properties.ts';

/**
 * The OpenAPI document of an API: `Body`, or the JSON asset that `BodyS3Location` names; undefined when the API has
 * neither. `where` names the resource in errors.
 */
export function readBody(cloud: Cloud, properties: JsonObject, where: string): JsonObject | undefined {
  if (properties.Body !== undefined) return objectOf(properties.Body);
  if (properties.BodyS3Location === undefined) return undefined;
  const { Bucket, Key } = objectOf(properties.BodyS3Location);
  const path = cloud.findAsset(textOf(Bucket) ?? '', textOf(Key) ?? '');
  if (!path || !existsSync(path))
    throw new Error(`${where}: no asset for BodyS3Location ${textOf(Bucket)}/${textOf(Key)}.`);
  return JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
}
