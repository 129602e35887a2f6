/** What the adapter needs to know of a schema beyond parsing. Looked up once per container, never per request. */
import type * as z from 'zod';

/** The schema below optional, default, prefault, nullable, readonly and pipes. */
function core(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as { def: { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType } };
  if (def.innerType) return core(def.innerType);
  if (def.type === 'pipe' && def.in) return core(def.in);
  return schema;
}

/** Members of an object schema; undefined when it is none. Of a union: those of all its objects. */
export function membersOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (!schema) return undefined;
  const { def } = core(schema)._zod as {
    def: { type: string; shape?: Record<string, z.core.$ZodType>; options?: readonly z.core.$ZodType[] };
  };
  if (def.type === 'object') return def.shape;
  if (def.type !== 'union' || !def.options) return undefined;
  const parts = def.options.map(membersOf);
  return parts.every((part) => part !== undefined) ? Object.assign({}, ...parts) : undefined;
}

export function isArray(schema: z.core.$ZodType): boolean {
  return core(schema)._zod.def.type === 'array';
}
