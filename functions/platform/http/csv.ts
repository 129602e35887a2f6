/** A list as CSV (RFC 4180). The columns follow from the schema, so they are the same for every page, also an empty one. */
import type * as z from 'zod';
import { membersOf } from './schema-shape.ts';

type Path = readonly string[];

/** Columns of an item: its scalar members; of objects within, theirs, with dotted names. Links are left out. */
export function columnsOf(schema: z.core.$ZodType | undefined, only?: readonly string[]): Path[] {
  const members = Object.entries(membersOf(schema) ?? {});
  return members
    .filter(([name]) => name !== '_links' && (!only || only.includes(name)))
    .flatMap(([name, member]) => {
      const inner = columnsOf(member);
      return inner.length > 0 ? inner.map((path) => [name, ...path]) : [[name]];
    });
}

export function toCsv(columns: readonly Path[], items: readonly unknown[]): string {
  const lines = [columns.map((path) => cell(path.join('.'))).join(',')];
  for (const item of items) lines.push(columns.map((path) => cell(at(item, path))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function at(item: unknown, path: Path): unknown {
  let value = item;
  for (const name of path)
    value = value === null || value === undefined ? value : (value as Record<string, unknown>)[name];
  return value;
}

/** Quoted when it must be. Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  let text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
