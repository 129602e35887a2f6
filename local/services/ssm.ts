/**
 * AWS Systems Manager Parameter Store. Operations: GetParameter, GetParameters, GetParametersByPath, PutParameter,
 * DeleteParameter, DescribeParameters. Resource type: AWS::SSM::Parameter. A parameter of the template is written at each
 * start, as a deployment would. Differs from AWS: no history, labels or policies; SecureString is not encrypted.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AwsError, type AwsRequest, type Cloud, type JsonObject, type RequiredRight, type Service } from '../types.ts';
import { inputOf, jsonResponse } from './json-protocol.ts';
import { generatedName } from './lambda/functions.ts';

interface Parameter {
  name: string;
  type: string;
  value: string;
  version: number;
  /** Seconds since the epoch. */
  modified: number;
}
type Operation = (input: JsonObject) => JsonObject;

export function createSsm(cloud: Cloud): Service {
  mkdirSync(cloud.stateDir, { recursive: true });
  const db = new DatabaseSync(join(cloud.stateDir, 'ssm.sqlite'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS parameter (
      name TEXT PRIMARY KEY, type TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL, modified REAL NOT NULL
    ) STRICT;`);
  const select = db.prepare('SELECT * FROM parameter WHERE name = ?');
  const selectAll = db.prepare('SELECT * FROM parameter ORDER BY name');
  const upsert = db.prepare('INSERT OR REPLACE INTO parameter VALUES (?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM parameter WHERE name = ?');

  const find = (name: string): Parameter | undefined => select.get(name) as Parameter | undefined;
  const put = (name: string, type: string, value: string): number => {
    const former = find(name);
    if (former?.value === value && former.type === type) return former.version;
    const version = (former?.version ?? 0) + 1;
    upsert.run(name, type, value, version, Date.now() / 1000);
    return version;
  };
  const arnOf = (name: string): string =>
    `arn:aws:ssm:${cloud.region}:${cloud.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  const nameOf = (reference: unknown): string =>
    String(reference)
      .replace(/^arn:aws:ssm:[^:]*:[^:]*:parameter(?=\/)/, '')
      .replace(/:\d+$/, '');
  const toJson = ({ name, type, value, version, modified }: Parameter): JsonObject => ({
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: modified,
    ARN: arnOf(name),
    DataType: 'text',
  });
  const required = (name: string): Parameter => {
    const parameter = find(name);
    if (parameter === undefined) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return parameter;
  };
  const all = (): Parameter[] => selectAll.all() as unknown as Parameter[];

  cloud.provide('readParameter', (name) => find(name)?.value);

  const operations: Record<string, Operation> = {
    GetParameter: ({ Name }) => ({ Parameter: toJson(required(nameOf(Name))) }),
    GetParameters: ({ Names }) => {
      const found = (Names as string[]).map((name) => ({ name, parameter: find(nameOf(name)) }));
      return {
        Parameters: found.flatMap(({ parameter }) => (parameter === undefined ? [] : [toJson(parameter)])),
        InvalidParameters: found.filter(({ parameter }) => parameter === undefined).map(({ name }) => name),
      };
    },
    GetParametersByPath: ({ Path, Recursive, MaxResults = 10, NextToken }) => {
      const prefix = `${String(Path).replace(/\/$/, '')}/`;
      const found = all().filter(
        ({ name }) => name.startsWith(prefix) && (Recursive === true || !name.slice(prefix.length).includes('/')),
      );
      const { items, next } = page(found, MaxResults, NextToken);
      return { Parameters: items.map(toJson), ...next };
    },
    DescribeParameters: ({ MaxResults = 50, NextToken }) => {
      const { items, next } = page(all(), MaxResults, NextToken);
      return {
        Parameters: items.map(({ name, type, version, modified }) => ({
          Name: name,
          Type: type,
          Version: version,
          LastModifiedDate: modified,
          ARN: arnOf(name),
          Tier: 'Standard',
          DataType: 'text',
        })),
        ...next,
      };
    },
    PutParameter: ({ Name, Type, Value, Overwrite }) => {
      const name = nameOf(Name);
      const former = find(name);
      if (former !== undefined && Overwrite !== true)
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      return { Version: put(name, String(Type ?? former?.type ?? 'String'), String(Value)), Tier: 'Standard' };
    },
    DeleteParameter: ({ Name }) => {
      remove.run(required(nameOf(Name)).name);
      return {};
    },
  };
  const operationOf = ({ operation = '' }: AwsRequest): Operation => {
    const found = operations[operation];
    if (found === undefined)
      throw new AwsError('UnknownOperationException', `ssm: the operation ${operation} is not known here`);
    return found;
  };

  return {
    names: ['ssm'],
    resources: {
      'AWS::SSM::Parameter': ({ stack, logicalId, properties }) => {
        const name = typeof properties.Name === 'string' ? properties.Name : `CFN-${generatedName(stack, logicalId)}`;
        const { Type: type, Value: value } = properties;
        put(name, String(type), Array.isArray(value) ? value.join(',') : String(value));
        return { ref: name, attributes: { Type: String(type), Value: String(value) } };
      },
    },
    rights(request) {
      operationOf(request);
      const input = inputOf(request);
      const action = `ssm:${request.operation}`;
      if (request.operation === 'DescribeParameters') return [{ action, resource: '*' }];
      const names = [input.Names ?? input.Name ?? input.Path ?? []].flat();
      return names.map((name): RequiredRight => ({ action, resource: arnOf(nameOf(name)) }));
    },
    handle: async (request) => jsonResponse(operationOf(request)(inputOf(request))),
    stop: async () => db.close(),
    inspect: async () =>
      all().map(({ name, type, value }) => ({ name, type, value: type === 'SecureString' ? '***' : value })),
  };
}

/** A token is the index at which to go on. */
function page(items: Parameter[], size: unknown, token: unknown): { items: Parameter[]; next: JsonObject } {
  const from = Number(token ?? 0);
  const to = from + Number(size);
  return { items: items.slice(from, to), next: to < items.length ? { NextToken: String(to) } : {} };
}
