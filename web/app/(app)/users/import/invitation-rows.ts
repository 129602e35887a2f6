/** A file of people to invite, as text: read, and checked by the contract's own schema. Pure. */
import type * as z from 'zod';
import { invitationFields } from '../../../../../shared/contracts/users/invite-user.ts';
import { issueWords } from '../../../../lib/issue-words.ts';
import { fieldSentence } from '../../../../lib/problems.ts';

export type Invitation = z.output<typeof invitationFields>;
export interface InvitationRow {
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** As it was written, by column. */
  given: Readonly<Record<string, string>>;
  /** What is wrong with it; empty: it can be sent. */
  problems: readonly string[];
  invitation: Invitation | undefined;
}

const columns = ['email', 'name', 'username', 'company', 'role', 'plan'] as const;

/** Records of a CSV text (RFC 4180; a semicolon or a tab may stand for the comma), each with its line. Empty lines are left out. */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const body = text.replace(/^\uFEFF/, '');
  const header = body.slice(0, body.search(/\r?\n|$/));
  const separator = [',', ';', '\t'].find((one) => header.includes(one)) ?? ',';
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  const endCell = () => {
    cells.push(cell.trim());
    cell = '';
  };
  const endRecord = () => {
    endCell();
    if (cells.some(Boolean)) records.push({ line: begun, cells });
    cells = [];
  };
  for (let i = 0; i < body.length; i++) {
    const character = body.charAt(i);
    if (character === '\n') line += 1;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (body.charAt(i + 1) === '"') cell += body.charAt(++i);
      else isQuoted = false;
    } else if (character === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (character === separator) endCell();
    else if (character === '\n') {
      endRecord();
      begun = line;
    } else if (character !== '\r') cell += character;
  }
  endRecord();
  return records;
}

/** Rows of the text, or why it can not be read. The first line may name the columns; without it they are email, name, username, company, role, plan. */
export function invitationRows(text: string): { rows: InvitationRow[]; problem?: string } {
  const [first, ...others] = readCsv(text);
  if (!first) return { rows: [] };
  const header = first.cells.map((name) => name.toLowerCase().replace(/[\s_-]/g, ''));
  const hasHeader = !first.cells.some((cell) => cell.includes('@'));
  const names = hasHeader ? header : columns.slice(0, first.cells.length);
  const unknown = names.filter((name) => !(columns as readonly string[]).includes(name));
  if (unknown.length > 0)
    return { rows: [], problem: `No such column: ${unknown.join(', ')}. Columns are ${columns.join(', ')}.` };
  for (const needed of ['email', 'name'])
    if (!(names as readonly string[]).includes(needed))
      return { rows: [], problem: `The column ${needed} is missing.` };
  const seen = new Map<string, number>();
  const rows = (hasHeader ? others : [first, ...others]).map(({ line, cells }): InvitationRow => {
    const given = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const parsed = invitationFields.safeParse(filled, { error: issueWords });
    const problems = parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${String(path[0] ?? 'row')}: ${fieldSentence(message)}`);
    if (cells.length > names.length) problems.push(`${cells.length} columns where ${names.length} are named.`);
    const email = (given.email ?? '').toLowerCase();
    const before = seen.get(email);
    if (email && before !== undefined) problems.push(`The same address as on line ${before}.`);
    else if (email) seen.set(email, line);
    return { line, given, problems, invitation: problems.length === 0 ? parsed.data : undefined };
  });
  return { rows };
}
