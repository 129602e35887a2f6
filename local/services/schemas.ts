/**
 * EventBridge schema registry (REST-JSON): what the template declares, to be read.
 *
 * Operations: DescribeRegistry, ListRegistries, ListSchemas, DescribeSchema.
 * Resource types: AWS::EventSchemas::Registry, Schema (content must parse: OpenApi3 or JSONSchemaDraft4), Discoverer (kept by name
 * only: nothing is discovered).
 *
 * Differs from AWS: one version of each schema, the template's; lists come whole; the content is checked for its form, not as a
 * whole against the meta-schema.
 */
import { createHash } from 'node:crypto';
import { AwsError, type AwsRequest, type Cloud, type Json, type JsonObject, type Service } from '../types.ts';
import { jsonResponse, unknownOperation } from './json-protocol.ts';

interface Schema {
  name: string;
  registry: string;
  arn: string;
  type: string;
  description?: string;
  content: string;
}
interface Registry {
  name: string;
  arn: string;
  description?: string;
}

export function createSchemas(cloud: Cloud): Service {
  const prefix = `arn:aws:schemas:${cloud.region}:${cloud.accountId}`;
  const registries = new Map<string, Registry>();
  const schemas = new Map<string, Schema>();
  const loadedAt = new Date().toISOString();

  const registryView = ({ name, arn, description }: Registry): JsonObject => ({
    RegistryName: name,
    RegistryArn: arn,
    ...(description === undefined ? {} : { Description: description }),
  });
  const schemaView = ({ name, arn, type, description, content }: Schema): JsonObject => ({
    SchemaName: name,
    SchemaArn: arn,
    SchemaVersion: '1',
    Type: type,
    Content: content,
    LastModified: loadedAt,
    VersionCreatedDate: loadedAt,
    ...(description === undefined ? {} : { Description: description }),
  });

  function registryOf(name: string): Registry {
    const registry = registries.get(name);
    if (!registry) throw new AwsError('NotFoundException', `Registry with name ${name} does not exist.`, 404);
    return registry;
  }

  return {
    names: ['schemas'],
    resources: {
      'AWS::EventSchemas::Registry': ({ properties, logicalId }) => {
        const name = String(properties.RegistryName ?? logicalId);
        const arn = `${prefix}:registry/${name}`;
        registries.set(name, { name, arn, description: optional(properties.Description) });
        return { ref: arn, attributes: { RegistryArn: arn, RegistryName: name } };
      },
      'AWS::EventSchemas::Schema': ({ properties, logicalId, stack }) => {
        const type = String(properties.Type);
        const content = String(properties.Content);
        assertContent(logicalId, type, content);
        const registry = registryOf(String(properties.RegistryName)).name;
        const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 8);
        const name = String(properties.SchemaName ?? `${logicalId}-${suffix}`);
        const arn = `${prefix}:schema/${registry}/${name}`;
        const description = optional(properties.Description);
        schemas.set(`${registry}/${name}`, { name, registry, arn, type, description, content });
        const attributes = { SchemaArn: arn, SchemaName: name, SchemaVersion: '1', LastModified: loadedAt };
        return { ref: arn, attributes };
      },
      'AWS::EventSchemas::Discoverer': ({ logicalId }) => {
        const arn = `${prefix}:discoverer/${logicalId}`;
        return { ref: arn, attributes: { DiscovererArn: arn, DiscovererId: logicalId, State: 'STOPPED' } };
      },
    },
    rights(request) {
      const { operation, registry, schema } = routeOf(request);
      const path = schema === undefined ? `registry/${registry ?? '*'}` : `schema/${registry}/${schema}`;
      const resource = operation === 'ListRegistries' ? '*' : `${prefix}:${path}`;
      return [{ action: `schemas:${operation}`, resource }];
    },
    async handle(request) {
      const { operation, registry = '', schema = '' } = routeOf(request);
      switch (operation) {
        case 'ListRegistries':
          return jsonResponse({ Registries: [...registries.values()].map(registryView) }, 'application/json');
        case 'DescribeRegistry':
          return jsonResponse(registryView(registryOf(registry)), 'application/json');
        case 'ListSchemas': {
          const { name } = registryOf(registry);
          const start = request.query.get('schemaNamePrefix') ?? '';
          const found = [...schemas.values()].filter(
            (known) => known.registry === name && known.name.startsWith(start),
          );
          const list = found.map(({ name: SchemaName, arn: SchemaArn }) => {
            return { SchemaName, SchemaArn, LastModified: loadedAt, VersionCount: 1 };
          });
          return jsonResponse({ Schemas: list }, 'application/json');
        }
        default: {
          const found = schemas.get(`${registryOf(registry).name}/${schema}`);
          if (!found) throw new AwsError('NotFoundException', `Schema with name ${schema} does not exist.`, 404);
          return jsonResponse(schemaView(found), 'application/json');
        }
      }
    },
    async inspect() {
      return {
        registries: [...registries.values()].map(registryView),
        schemas: [...schemas.values()].map((schema) => ({ ...schemaView(schema), Registry: schema.registry })),
      };
    },
  };
}

function routeOf({ method, path }: AwsRequest): { operation: string; registry?: string; schema?: string } {
  const match = /^\/v1\/registries(?:\/name\/([^/]+)(\/schemas(?:\/name\/([^/]+))?)?)?\/?$/.exec(path);
  if (method !== 'GET' || !match) throw unknownOperation('Schemas', `${method} ${path}`);
  const [registry, list, schema] = match.slice(1).map((part) => part && decodeURIComponent(part));
  if (registry === undefined) return { operation: 'ListRegistries' };
  if (list === undefined) return { operation: 'DescribeRegistry', registry };
  return { operation: schema === undefined ? 'ListSchemas' : 'DescribeSchema', registry, schema };
}

/** Throws BadRequestException that names the schema, so that a broken one stops the start. */
function assertContent(logicalId: string, type: string, content: string): void {
  const reason = brokenForm(type, content);
  if (reason) throw new AwsError('BadRequestException', `${logicalId}: ${reason}`);
}

function brokenForm(type: string, content: string): string | undefined {
  let parsed: Json;
  try {
    parsed = JSON.parse(content) as Json;
  } catch {
    return 'Content is not valid JSON.';
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'Content is not an object.';
  switch (type) {
    case 'OpenApi3': {
      if (!String(parsed.openapi).startsWith('3.')) return 'Content has no "openapi" of version 3.';
      const complete = typeof parsed.info === 'object' && typeof parsed.paths === 'object';
      return complete ? undefined : 'Content needs "info" and "paths".';
    }
    case 'JSONSchemaDraft4': {
      const dialect = String(parsed.$schema ?? 'http://json-schema.org/draft-04/schema#');
      return dialect.includes('draft-04') ? undefined : `Content is of ${dialect}, not of draft 4.`;
    }
    default:
      return `Type ${type} is not OpenApi3 or JSONSchemaDraft4.`;
  }
}

function optional(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
