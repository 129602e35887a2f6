/** Reads of CloudFormation properties: numbers and booleans may stand as strings in a template. */
import type { Cloud, Json, JsonObject, ResourceDeclaration } from '../../types.ts';

export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function flagOf(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

export function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function textsOf(value: Json | undefined): string[] {
  return listOf(value).map((item) => String(item));
}

export function stringMapOf(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, item]) => [key, textOf(item) ?? '']));
}

/** The property's text; throws an error that names resource and property when it is absent. */
export function requiredText(resource: ResourceDeclaration, name: string): string {
  const value = textOf(resource.properties[name]);
  if (value === undefined || value === '') throw new Error(`${nameOf(resource)} needs the property ${name}.`);
  return value;
}

/** `AWS::X::Y Stack/LogicalId`, for messages. */
export function nameOf(resource: ResourceDeclaration): string {
  return `${resource.type} ${resource.stack}/${resource.logicalId}`;
}

/** Names at start what the template asks for and the local platform does not do, so that nothing is passed over in silence. */
export function warnOfUnknown(cloud: Cloud, resource: ResourceDeclaration, known: readonly string[]): void {
  const unknown = Object.keys(resource.properties).filter((name) => !known.includes(name));
  if (unknown.length > 0) cloud.log('warn', `${nameOf(resource)}: without effect here: ${unknown.join(', ')}`);
}
