/** Whether a day of the audit trail is unbroken. Pure, and needs nothing but the entries and the day's anchor. */
import { type AuditEntry, type ChainEnd, genesisOf, hashOf } from './entry.ts';

export interface Finding {
  day: string;
  /** Position of the entry that it is about. */
  n: number;
  problem: 'changed' | 'removed' | 'reordered' | 'replaced';
  message: string;
}

/**
 * Everything that is wrong with a day. `entries`: in the order of their positions; `anchor`: the day's end as it was locked away,
 * without which a cut at the end of the day can not be seen.
 */
export function verifyDay(day: string, entries: readonly AuditEntry[], anchor: ChainEnd | undefined): Finding[] {
  const findings: Finding[] = [];
  const find = (n: number, problem: Finding['problem'], message: string) =>
    findings.push({ day, n, problem, message: `${day} entry ${n} was ${problem}: ${message}` });
  const positions = new Map(entries.map((entry, index) => [entry.hash, index + 1]));
  let expected = 1;
  let previous = genesisOf(day);
  for (const entry of entries) {
    const { n } = entry;
    for (; expected < n; expected++) find(expected, 'removed', 'it is missing');
    const follows = entry.previous === genesisOf(day) ? 1 : (positions.get(entry.previous) ?? -1) + 1;
    if (n < expected) find(n, 'reordered', `it stands after entry ${expected - 1}`);
    else if (entry.day !== day || hashOf(entry) !== entry.hash) {
      const place = [...positions.values(), follows].find(
        (at) => at !== n && hashOf({ ...entry, n: at }) === entry.hash,
      );
      if (place !== undefined) find(n, 'reordered', `its place was ${place}`);
      else find(n, 'changed', 'its content does not fit its hash');
    } else if (entry.previous !== previous && !findings.some((finding) => finding.n === n - 1))
      find(n, 'replaced', 'it does not follow the entry before it');
    previous = entry.hash;
    expected = Math.max(expected, n) + 1;
  }
  if (anchor) {
    for (; expected <= anchor.n; expected++) find(expected, 'removed', 'the anchor counts it');
    if (expected - 1 > anchor.n) find(anchor.n + 1, 'replaced', 'the anchor does not count it');
    else if (findings.length === 0 && previous !== anchor.hash)
      find(anchor.n, 'replaced', 'the anchor has another hash');
  }
  return findings;
}
