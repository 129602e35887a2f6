/**
 * JSON Schema as API Gateway validates request bodies with it: draft 4 as OpenAPI 3.0 writes it. A keyword that is not
 * known here is an error when the schema is compiled; `format` and annotations have no effect, as in AWS.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../types.ts';
import { listOf, numberOf, objectOf, textOf, textsOf } from '../edge/properties.ts';
import { follow } from './openapi-routes.ts';

/** Reasons why the value does not fit, each with its place; empty when it does. */
export type BodyCheck = (value: Json) => string[];

type Check = (value: Json, place: string) => string[];
type Compile = (keyword: Json, schema: JsonObject) => Check;

const NO_EFFECT = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'format',
  'readOnly',
  'writeOnly',
  'deprecated',
  'externalDocs',
  'discriminator',
  'xml',
  // Read together with another keyword.
  'nullable',
  'exclusiveMinimum',
  'exclusiveMaximum',
]);

/** References are followed inside `document`; a schema may refer to itself. Throws for keywords that are not known. */
export function compileBodySchema(document: JsonObject, schema: JsonObject): BodyCheck {
  const compiled = new Map<JsonObject, Check>();

  function compile(declared: Json | undefined): Check {
    const target = follow(document, declared);
    const existing = compiled.get(target);
    if (existing) return existing;
    const checks: Check[] = [];
    const check: Check = (value, place) => {
      if (value === null && target.nullable === true) return [];
      return checks.flatMap((one) => one(value, place));
    };
    compiled.set(target, check);
    for (const [keyword, value] of Object.entries(target)) {
      const compileKeyword = keywords[keyword];
      if (compileKeyword) checks.push(compileKeyword(value, target));
      else if ((!NO_EFFECT.has(keyword) && !keyword.startsWith('x-')) || isNumericExclusive(keyword, value)) {
        throw new Error(`The JSON Schema keyword "${keyword}" is not spoken here.`);
      }
    }
    return check;
  }

  const bound = (
    fits: (measure: number, limit: number) => boolean,
    measure: (value: Json) => number | undefined,
    what: string,
  ): Compile => {
    return (keyword) => {
      const limit = numberOf(keyword) ?? 0;
      return (value, place) => {
        const measured = measure(value);
        return measured === undefined || fits(measured, limit) ? [] : [`${place}: ${what} ${limit}`];
      };
    };
  };
  const atLeast = (measured: number, limit: number) => measured >= limit;
  const atMost = (measured: number, limit: number) => measured <= limit;
  const size = (value: Json) => (Array.isArray(value) ? value.length : undefined);
  const length = (value: Json) => (typeof value === 'string' ? [...value].length : undefined);
  const amount = (value: Json) => (typeof value === 'number' ? value : undefined);
  const count = (value: Json) => (isObject(value) ? Object.keys(value).length : undefined);

  const keywords: Record<string, Compile> = {
    type: (keyword) => {
      const type = textOf(keyword) ?? '';
      return (value, place) => (hasType(value, type) ? [] : [`${place}: is not of type ${type}`]);
    },
    enum: (keyword) => (value, place) =>
      listOf(keyword).some((allowed) => isDeepStrictEqual(allowed, value))
        ? []
        : [`${place}: is none of the allowed values`],
    required: (keyword) => (value, place) => {
      if (!isObject(value)) return [];
      return textsOf(keyword)
        .filter((name) => !Object.hasOwn(value, name))
        .map((name) => `${place}: the property ${name} is missing`);
    },
    properties: (keyword) => {
      const byName = Object.entries(objectOf(keyword)).map(([name, declared]) => [name, compile(declared)] as const);
      return (value, place) => {
        if (!isObject(value)) return [];
        return byName.flatMap(([name, check]) =>
          Object.hasOwn(value, name) ? check(value[name] as Json, `${place}/${name}`) : [],
        );
      };
    },
    additionalProperties: (keyword, schema_) => {
      if (keyword === true) return () => [];
      const known = new Set(Object.keys(objectOf(schema_.properties)));
      const check: Check = keyword === false ? (_value, place) => [`${place}: is not allowed`] : compile(keyword);
      return (value, place) => {
        if (!isObject(value)) return [];
        const others = Object.entries(value).filter(([name]) => !known.has(name));
        return others.flatMap(([name, item]) => check(item, `${place}/${name}`));
      };
    },
    items: (keyword) => {
      const check = compile(keyword);
      return (value, place) =>
        Array.isArray(value) ? value.flatMap((item, index) => check(item, `${place}/${index}`)) : [];
    },
    uniqueItems: (keyword) => (value, place) => {
      if (keyword !== true || !Array.isArray(value)) return [];
      const repeated = value.some((item, index) =>
        value.slice(0, index).some((other) => isDeepStrictEqual(other, item)),
      );
      return repeated ? [`${place}: has equal items`] : [];
    },
    allOf: (keyword) => {
      const checks = listOf(keyword).map(compile);
      return (value, place) => checks.flatMap((check) => check(value, place));
    },
    anyOf: (keyword) => {
      const checks = listOf(keyword).map(compile);
      return (value, place) =>
        checks.some((check) => check(value, place).length === 0) ? [] : [`${place}: fits none of the alternatives`];
    },
    oneOf: (keyword) => {
      const checks = listOf(keyword).map(compile);
      return (value, place) =>
        checks.filter((check) => check(value, place).length === 0).length === 1
          ? []
          : [`${place}: does not fit exactly one of the alternatives`];
    },
    not: (keyword) => {
      const check = compile(keyword);
      return (value, place) => (check(value, place).length === 0 ? [`${place}: fits what is excluded`] : []);
    },
    pattern: (keyword) => {
      const expression = compilePattern(textOf(keyword) ?? '');
      return (value, place) =>
        typeof value !== 'string' || expression.test(value) ? [] : [`${place}: does not match ${expression}`];
    },
    multipleOf: (keyword) => {
      const step = numberOf(keyword) ?? 1;
      return (value, place) => {
        const quotient = typeof value === 'number' ? value / step : 0;
        return Math.abs(quotient - Math.round(quotient)) < 1e-9 ? [] : [`${place}: is no multiple of ${step}`];
      };
    },
    minimum: (keyword, target) =>
      bound(
        target.exclusiveMinimum === true ? (measured, limit) => measured > limit : atLeast,
        amount,
        'is below',
      )(keyword, target),
    maximum: (keyword, target) =>
      bound(
        target.exclusiveMaximum === true ? (measured, limit) => measured < limit : atMost,
        amount,
        'is above',
      )(keyword, target),
    minLength: bound(atLeast, length, 'is shorter than'),
    maxLength: bound(atMost, length, 'is longer than'),
    minItems: bound(atLeast, size, 'has fewer items than'),
    maxItems: bound(atMost, size, 'has more items than'),
    minProperties: bound(atLeast, count, 'has fewer properties than'),
    maxProperties: bound(atMost, count, 'has more properties than'),
  };

  const check = compile(schema);
  return (value) => check(value, '');
}

/** Draft 4 writes these as booleans beside the bound; as numbers they belong to later drafts. */
function isNumericExclusive(keyword: string, value: Json): boolean {
  return keyword.startsWith('exclusive') && typeof value !== 'boolean';
}

/** With Unicode semantics where the pattern allows them: some escapes are errors there and fine without. */
function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

function hasType(value: Json, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type;
    default:
      return false;
  }
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
