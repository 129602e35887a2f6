/** Event-source mappings: which there are, and the poller of each. */
import { createHash } from 'node:crypto';
import type { Cloud, CreatedResource, Json, JsonObject, ResourceDeclaration } from '../../types.ts';
import { compilePattern } from '../events/pattern.ts';
import type { Functions } from './functions.ts';
import { SqsSource } from './sqs-source.ts';
import type { LambdaStore } from './store.ts';
import { StreamSource } from './stream-source.ts';

export interface Mapping {
  id: string;
  sourceArn: string;
  /** Function with its qualifier, as the template names it. */
  target: string;
  properties: JsonObject;
  /** Whether a record passes FilterCriteria (all do without one). */
  accepts(record: JsonObject): boolean;
}
export interface Source {
  start(): void;
  stop(): Promise<void>;
  state(): JsonObject;
}

export class EventSources {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #store: LambdaStore;
  readonly #sources = new Map<string, { mapping: Mapping; source: Source; enabled: boolean }>();
  readonly #declared = new Set<string>();
  #started = false;

  constructor(cloud: Cloud, functions: Functions, store: LambdaStore) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#store = store;
  }

  async put({ stack, logicalId, properties }: ResourceDeclaration): Promise<CreatedResource> {
    const id = mappingId(stack, logicalId);
    const sourceArn = String(properties.EventSourceArn);
    const target = String(properties.FunctionName);
    const { definition } = this.#functions.find(target);
    const mappingArn = `arn:aws:lambda:${this.#cloud.region}:${this.#cloud.accountId}:event-source-mapping:${id}`;
    const created = { ref: id, attributes: { Id: id, EventSourceMappingArn: mappingArn } };
    this.#declared.add(id);
    const former = this.#sources.get(id);
    if (former !== undefined) {
      if (JSON.stringify(former.mapping.properties) === JSON.stringify(properties)) return created;
      await former.source.stop();
    }
    const mapping: Mapping = { id, sourceArn, target, properties, accepts: filter(properties) };
    const kind = sourceArn.split(':')[2];
    let source: Source;
    if (kind === 'sqs') source = new SqsSource(mapping, definition, this.#cloud, this.#functions);
    else if (kind === 'dynamodb')
      source = new StreamSource(mapping, definition, this.#cloud, this.#functions, this.#store);
    else throw new Error(`Event sources of ${kind} are not known`);
    const enabled = properties.Enabled !== false;
    this.#sources.set(id, { mapping, source, enabled });
    if (this.#started && enabled) source.start();
    return created;
  }

  /** Ends the pollers of mappings that the last provisioning did not declare. */
  async endUndeclared(): Promise<void> {
    for (const [id, { source }] of this.#sources) {
      if (this.#declared.has(id)) continue;
      this.#sources.delete(id);
      await source.stop();
    }
    this.#declared.clear();
  }

  start(): void {
    this.#started = true;
    for (const { source, enabled } of this.#sources.values()) if (enabled) source.start();
  }
  async stop(): Promise<void> {
    await Promise.all([...this.#sources.values()].map(({ source }) => source.stop()));
  }
  inspect(): Json {
    return [...this.#sources.values()].map(({ mapping, source, enabled }) => ({
      UUID: mapping.id,
      EventSourceArn: mapping.sourceArn,
      FunctionArn: mapping.target,
      State: enabled ? 'Enabled' : 'Disabled',
      ...source.state(),
    }));
  }
}

function mappingId(stack: string, logicalId: string): string {
  const hex = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function filter({ FilterCriteria }: JsonObject): (record: JsonObject) => boolean {
  const filters = ((FilterCriteria as JsonObject | undefined)?.Filters ?? []) as { Pattern: string }[];
  if (filters.length === 0) return () => true;
  const tests = filters.map(({ Pattern }) => compilePattern(Pattern));
  return (record) => tests.some((test) => test(record));
}

/** Item identifiers of a partial failure; `all` when the answer is broken, `none` when the batch succeeded. */
export function failedItems(payload: string, known: ReadonlySet<string>): 'none' | 'all' | Set<string> {
  const answer = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: unknown }[] } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures) || failures.length === 0) return 'none';
  const items = failures.map((failure) => failure?.itemIdentifier);
  if (items.some((item) => typeof item !== 'string' || !known.has(item))) return 'all';
  return new Set(items as string[]);
}
