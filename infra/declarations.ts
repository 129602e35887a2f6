/** Every function of the platform, read from the registries. */
import type { DeclaredHandler, FunctionDeclaration } from '../functions/platform/declaration.ts';

/** What the registry of one area exports: handlers by name. */
export type AreaRegistry = Readonly<Record<string, unknown>>;
export type Areas = Readonly<Record<string, AreaRegistry>>;

function isDeclared(value: unknown): value is DeclaredHandler {
  return typeof value === 'function' && 'declaration' in value;
}

/**
 * Declarations in the order of their ids. Throws when an export is no declared handler, when an id stands twice, or when
 * it does not begin with the name of its area.
 */
export function declarationsOf(areas: Areas): FunctionDeclaration[] {
  const found = new Map<string, FunctionDeclaration>();
  for (const [area, registry] of Object.entries(areas)) {
    for (const [name, value] of Object.entries(registry)) {
      if (!isDeclared(value)) throw new Error(`functions/${area}/registry.ts: ${name} is no declared handler.`);
      const { declaration } = value;
      if (areaOf(declaration.id) !== fileName(area)) {
        throw new Error(
          `functions/${area}/registry.ts: ${name} is called ${declaration.id}, which is of another area.`,
        );
      }
      if (found.has(declaration.id)) throw new Error(`The id ${declaration.id} stands twice in the registries.`);
      found.set(declaration.id, declaration);
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Folder of an area whose registry key is camelCase: `apiKeys` → `api-keys`. */
function fileName(area: string): string {
  return area.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `orders.place-order` → `orders`. */
export function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** Source file of a function: `orders.on-order-placed.email` → `functions/orders/on-order-placed.email.ts`. */
export function entryOf(id: string): string {
  return `functions/${areaOf(id)}/${id.slice(id.indexOf('.') + 1)}.ts`;
}
