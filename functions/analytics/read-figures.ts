/** Reads the figures of a period. */
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { type Figures, figures, type Step } from './figures.table.ts';

export const figuresReading = { figures: grant(figures, 'query:period') } as const;

/** Steps of one page of a Query: a year of days is one request, a month of hours too. */
const STEPS_A_REQUEST = 1_000;

/** All counted steps of a period, oldest first; `from` and `to` as in `Figures.at`, both ends count. */
export async function readFigures(
  db: Db<{ table: typeof figuresReading }>,
  period: { scope: string; step: Step; from: string; to: string },
): Promise<Figures[]> {
  const found: Figures[] = [];
  let cursor: string | undefined;
  do {
    const page = await db.figures.query('period', period, { limit: STEPS_A_REQUEST, cursor });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return found;
}
