/** How the audit trail is kept. All of it is derived: the trail does not record itself. */
import { entity } from '../platform/entity.ts';
import type { AuditEntry, ChainEnd } from './entry.ts';

const position = (n: number) => String(n).padStart(12, '0');
/** Where an entry stands in the whole trail, in the order of recording. */
export const placeOf = ({ day, n }: Pick<AuditEntry, 'day' | 'n'>) => `${day}#${position(n)}`;
/** Where an entry stands among those of one item, or of one actor: by time. */
export const momentOf = ({ at, day, n }: Pick<AuditEntry, 'at' | 'day' | 'n'>) => `${at}#${placeOf({ day, n })}`;

export const auditEntries = entity<AuditEntry>()({
  name: 'AuditEntry',
  partition: 'AUDITENTRY',
  describes: 'One change of one item: before and after, who, when, by which request; chained by hash within its day',
  keyShape: 'AUDITENTRY#<day> / <position, 12 digits>',
  key: (k: { day: string; n: number }) => ({ pk: `AUDITENTRY#${k.day}`, sk: position(k.n) }),
  keyOf: ({ day, n }) => ({ day, n }),
  indexes: (entry) => {
    const { entity: name, item, actor } = entry;
    const sk = momentOf(entry);
    return {
      g1: { pk: `AUDITENTRY#OF#${name}#${item}`, sk },
      ...(actor && { g2: { pk: `AUDITENTRY#BY#${actor.id}`, sk } }),
    };
  },
  // What filters look at; the entry itself is read by its place.
  projection: ['day', 'n', 'at', 'entity', 'item', 'actor', 'action', 'events', 'risk'],
  patterns: {
    day: {
      reads: 'Entries of a day, in the order of the chain',
      range: ({ day, from, to }: { day: string; from?: number; to?: number }) => ({
        pk: `AUDITENTRY#${day}`,
        ...(from !== undefined && to !== undefined && { sk: { between: [position(from), position(to)] } }),
      }),
    },
    item: {
      index: 'g1',
      reads: 'History of one item, by time',
      range: ({
        entity: name,
        item,
        moments,
      }: {
        entity: string;
        item: string;
        moments: readonly [string, string];
      }) => ({
        pk: `AUDITENTRY#OF#${name}#${item}`,
        sk: { between: moments },
      }),
    },
    actor: {
      index: 'g2',
      reads: 'What somebody did, by time',
      range: ({ actor, moments }: { actor: string; moments: readonly [string, string] }) => ({
        pk: `AUDITENTRY#BY#${actor}`,
        sk: { between: moments },
      }),
    },
  },
  derived: true,
});

export const auditEnds = entity<ChainEnd>()({
  name: 'AuditEnd',
  partition: 'AUDITEND',
  describes: 'Where the chain of a day of the audit trail ends',
  keyShape: 'AUDITEND#<year> / <day>',
  key: ({ day }: { day: string }) => ({ pk: `AUDITEND#${day.slice(0, 4)}`, sk: day }),
  keyOf: ({ day }) => ({ day }),
  patterns: {
    days: {
      reads: 'Days of a year on which something changed, and how much',
      range: ({ year, from, to }: { year: number; from: string; to: string }) => ({
        pk: `AUDITEND#${year}`,
        sk: { between: [from, to] },
      }),
    },
  },
  derived: true,
});

interface Recorded {
  record: string;
  /** Epoch seconds. */
  expires: number;
}
export const auditRecords = entity<Recorded>()({
  name: 'AuditRecord',
  partition: 'AUDITRECORD',
  describes: 'That a record of the stream stands in the audit trail, so that it does not stand there twice',
  keyShape: 'AUDITRECORD#<stream position> / AUDITRECORD',
  key: ({ record }: { record: string }) => ({ pk: `AUDITRECORD#${record}`, sk: 'AUDITRECORD' }),
  keyOf: ({ record }) => ({ record }),
  patterns: {},
  expires: 'expires',
  derived: true,
});
