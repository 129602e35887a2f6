/**
 * The control plane of REST APIs as far as keys need it. Paths and shapes after
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html
 */
import { randomBytes } from 'node:crypto';
import { AwsError, type AwsRequest, type AwsResponse, type Json, type JsonObject } from '../../types.ts';
import { flagOf, listOf, objectOf, stringMapOf, textOf } from '../edge/properties.ts';
import { startOfPeriod, type UsagePlan } from './usage-plans.ts';
import type { ApiKey, UsageStore } from './usage-store.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` letters and digits at random. */
export function randomText(length: number, alphabet = ALPHABET): string {
  // 248 is the largest multiple of 62 in a byte, so that no letter is likelier than another.
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

type Operation = (request: AwsRequest, ids: string[]) => AwsResponse;

export interface ControlPlane {
  handle(request: AwsRequest): AwsResponse;
}

/** `changed` is called after each change of keys and plans. */
export function createControlPlane(
  store: UsageStore,
  plans: ReadonlyMap<string, UsagePlan>,
  changed: () => void,
  now: () => number,
): ControlPlane {
  const operations: [method: string, path: RegExp, operation: Operation][] = [
    ['POST', /^\/apikeys$/, createApiKey],
    ['GET', /^\/apikeys$/, getApiKeys],
    ['GET', /^\/apikeys\/([^/]+)$/, getApiKey],
    ['PATCH', /^\/apikeys\/([^/]+)$/, updateApiKey],
    ['DELETE', /^\/apikeys\/([^/]+)$/, deleteApiKey],
    ['GET', /^\/usageplans$/, getUsagePlans],
    ['GET', /^\/usageplans\/([^/]+)$/, getUsagePlan],
    ['POST', /^\/usageplans\/([^/]+)\/keys$/, createUsagePlanKey],
    ['GET', /^\/usageplans\/([^/]+)\/keys$/, getUsagePlanKeys],
    ['GET', /^\/usageplans\/([^/]+)\/keys\/([^/]+)$/, getUsagePlanKey],
    ['DELETE', /^\/usageplans\/([^/]+)\/keys\/([^/]+)$/, deleteUsagePlanKey],
    ['GET', /^\/usageplans\/([^/]+)\/usage$/, getUsage],
  ];

  function keyOf(id: string | undefined): ApiKey {
    const key = store.key(id ?? '');
    if (!key) throw notFound('Invalid API Key identifier specified');
    return key;
  }
  function planOf(id: string | undefined): UsagePlan {
    const plan = plans.get(id ?? '');
    if (!plan) throw notFound('Invalid Usage Plan ID specified');
    return plan;
  }
  const seconds = () => Math.floor(now() / 1000);

  function createApiKey(request: AwsRequest): AwsResponse {
    const input = bodyOf(request);
    if (listOf(input.stageKeys).length > 0) throw badRequest('stageKeys are not spoken here; use usage plans.');
    const value = textOf(input.value) ?? randomText(40);
    if (value.length < 20 || value.length > 128)
      throw badRequest('API Key value should be between 20 and 128 characters');
    if (store.keyByValue(value)) throw new AwsError('ConflictException', 'API Key already exists', 409);
    const key: ApiKey = {
      id: randomText(10, 'abcdefghijklmnopqrstuvwxyz01234'),
      value,
      name: textOf(input.name) ?? '',
      description: textOf(input.description) ?? '',
      customerId: textOf(input.customerId) ?? '',
      // AWS creates keys disabled unless told otherwise.
      enabled: flagOf(input.enabled),
      createdDate: seconds(),
      lastUpdatedDate: seconds(),
      tags: stringMapOf(input.tags),
      declared: false,
    };
    store.saveKey(key);
    changed();
    return json(201, shownKey(key, true));
  }

  function getApiKeys({ query }: AwsRequest): AwsResponse {
    const name = query.get('name') ?? '';
    const customerId = query.get('customerId');
    const found = store
      .keys()
      .filter((key) => key.name.startsWith(name) && (customerId === null || key.customerId === customerId));
    return page(found, query, (key) => shownKey(key, query.get('includeValues') === 'true'));
  }

  function getApiKey({ query }: AwsRequest, [id]: string[]): AwsResponse {
    return json(200, shownKey(keyOf(id), query.get('includeValue') === 'true'));
  }

  function updateApiKey(request: AwsRequest, [id]: string[]): AwsResponse {
    const key = { ...keyOf(id), lastUpdatedDate: seconds() };
    for (const patch of listOf(bodyOf(request).patchOperations).map(objectOf)) {
      const value = textOf(patch.value) ?? '';
      if (patch.op !== 'replace') throw badRequest(`Invalid patch operation ${textOf(patch.op)}`);
      if (patch.path === '/enabled') key.enabled = value === 'true';
      else if (patch.path === '/name') key.name = value;
      else if (patch.path === '/description') key.description = value;
      else if (patch.path === '/customerId') key.customerId = value;
      else throw badRequest(`Invalid patch path ${textOf(patch.path)}`);
    }
    store.saveKey(key);
    changed();
    return json(200, shownKey(key, false));
  }

  function deleteApiKey(_request: AwsRequest, [id]: string[]): AwsResponse {
    store.deleteKey(keyOf(id).id);
    changed();
    return { status: 202 };
  }

  function getUsagePlans({ query }: AwsRequest): AwsResponse {
    const keyId = query.get('keyId');
    const found = [...plans.values()].filter((plan) => keyId === null || store.planIdsOf(keyId).has(plan.id));
    return page(found, query, shownPlan);
  }

  function getUsagePlan(_request: AwsRequest, [id]: string[]): AwsResponse {
    return json(200, shownPlan(planOf(id)));
  }

  function createUsagePlanKey(request: AwsRequest, [planId]: string[]): AwsResponse {
    const input = bodyOf(request);
    const plan = planOf(planId);
    if (input.keyType !== 'API_KEY') throw badRequest('Invalid key type specified');
    const key = keyOf(textOf(input.keyId));
    if (store.planIdsOf(key.id).has(plan.id)) {
      throw new AwsError('ConflictException', `${key.id} is already added to this Usage Plan`, 409);
    }
    for (const otherId of store.planIdsOf(key.id)) {
      const other = plans.get(otherId);
      const shared = other?.apiStages.find(({ apiId, stage }) =>
        plan.apiStages.some((own) => own.apiId === apiId && own.stage === stage),
      );
      if (shared) {
        const where = `${shared.apiId}:${shared.stage}`;
        throw new AwsError(
          'ConflictException',
          `Usage plan key ${key.id} is already in a plan of the API stage ${where}`,
          409,
        );
      }
    }
    store.join(plan.id, key.id);
    changed();
    return json(201, shownPlanKey(key, true));
  }

  function getUsagePlanKeys({ query }: AwsRequest, [planId]: string[]): AwsResponse {
    const plan = planOf(planId);
    const name = query.get('name') ?? '';
    const found = store.keys().filter((key) => key.name.startsWith(name) && store.planIdsOf(key.id).has(plan.id));
    return page(found, query, (key) => shownPlanKey(key, false));
  }

  function planKeyOf([planId, keyId]: string[]): { plan: UsagePlan; key: ApiKey } {
    const plan = planOf(planId);
    const key = store.key(keyId ?? '');
    if (!key || !store.planIdsOf(key.id).has(plan.id)) throw notFound('Invalid Usage Plan Key specified');
    return { plan, key };
  }

  function getUsagePlanKey(_request: AwsRequest, ids: string[]): AwsResponse {
    return json(200, shownPlanKey(planKeyOf(ids).key, false));
  }

  function deleteUsagePlanKey(_request: AwsRequest, ids: string[]): AwsResponse {
    const { plan, key } = planKeyOf(ids);
    store.leave(plan.id, key.id);
    changed();
    return { status: 202 };
  }

  function getUsage({ query }: AwsRequest, [planId]: string[]): AwsResponse {
    const plan = planOf(planId);
    const startDate = query.get('startDate') ?? '';
    const endDate = query.get('endDate') ?? '';
    const days = daysBetween(startDate, endDate);
    const keyId = query.get('keyId');
    const keys = keyId === null ? store.keys().filter(({ id }) => store.planIdsOf(id).has(plan.id)) : [keyOf(keyId)];
    const values = Object.fromEntries(
      keys.map((key) => [key.id, days.map((day) => dayUsage(store, plan, key.id, day))]),
    );
    return json(200, { usagePlanId: plan.id, startDate, endDate, values });
  }

  return {
    handle(request) {
      for (const [method, path, operation] of operations) {
        const match = request.method === method ? path.exec(request.path) : null;
        if (match) return operation(request, match.slice(1).map(decodeURIComponent));
      }
      throw new AwsError(
        'UnknownOperationException',
        `API Gateway's ${request.method} ${request.path} is not spoken here.`,
        404,
      );
    },
  };
}

/** What was used on the day, and what was left of the period's quota at its end. */
function dayUsage(store: UsageStore, plan: UsagePlan, keyId: string, day: string): Json {
  const used = store.usage(plan.id, keyId, day, day)[0]?.used ?? 0;
  if (!plan.quota) return [used, 0];
  const from = startOfPeriod(plan.quota.period, Date.parse(day));
  const sum = store.usage(plan.id, keyId, from, day).reduce((total, entry) => total + entry.used, 0);
  return [used, Math.max(0, plan.quota.limit - sum)];
}

function daysBetween(startDate: string, endDate: string): string[] {
  const start = Date.parse(startDate);
  const end = Date.parse(endDate);
  if (Number.isNaN(start) || Number.isNaN(end) || end < start) throw badRequest('Invalid date range specified');
  const days = [];
  for (let day = start; day <= end; day += 86_400_000) days.push(new Date(day).toISOString().slice(0, 10));
  if (days.length > 366) throw badRequest('The date range is longer than a year');
  return days;
}

function shownKey(key: ApiKey, withValue: boolean): JsonObject {
  const { declared, value, ...shown } = key;
  return { ...shown, ...(withValue && { value }), stageKeys: [] };
}

function shownPlanKey(key: ApiKey, withValue: boolean): JsonObject {
  return { id: key.id, type: 'API_KEY', name: key.name, ...(withValue && { value: key.value }) };
}

function shownPlan(plan: UsagePlan): JsonObject {
  return {
    id: plan.id,
    name: plan.name,
    description: plan.description,
    apiStages: plan.apiStages.map(({ apiId, stage }) => ({ apiId, stage })),
    ...(plan.throttle && { throttle: { burstLimit: plan.throttle.burst, rateLimit: plan.throttle.rate } }),
    ...(plan.quota && { quota: { ...plan.quota } }),
  };
}

/** `position` is where the next page begins; `limit` is 25 unless told, at most 500. */
function page<Item>(items: Item[], query: URLSearchParams, show: (item: Item) => JsonObject): AwsResponse {
  const limit = Math.min(Number(query.get('limit') ?? 25) || 25, 500);
  const from = Number(query.get('position') ?? 0) || 0;
  const next: JsonObject = from + limit < items.length ? { position: String(from + limit) } : {};
  return json(200, { item: items.slice(from, from + limit).map(show), ...next });
}

function bodyOf(request: AwsRequest): JsonObject {
  if (request.body.length === 0) return {};
  try {
    return objectOf(JSON.parse(request.body.toString()) as Json);
  } catch {
    throw badRequest('Invalid JSON in the request body');
  }
}

function json(status: number, body: JsonObject): AwsResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}
function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}
