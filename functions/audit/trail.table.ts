/** How the audit trail is kept. All of it is derived: the trail does not record itself. */
import { entity } from '../platform/entity.ts';
import type { AuditEntry, ChainEnd } from './entry.ts';

const position = (n: number) => String(n).padStart(12, '0');

export const auditEntries = entity<AuditEntry>()({
  name: 'AuditEntry',
  partition: 'AUDITENTRY',
  describes: 'One change of one item: before and after, who, when, by which request; chained by hash within its day',
  keyShape: 'AUDITENTRY#<day> / <position, 12 digits>',
  key: (k: { day: string; n: number }) => ({ pk: `AUDITENTRY#${k.day}`, sk: position(k.n) }),
  keyOf: ({ day, n }) => ({ day, n }),
  indexes: ({ entity: name, item, actor, at, day, n }) => {
    const sk = `${at}#${day}#${position(n)}`;
    return {
      g1: { pk: `AUDITENTRY#OF#${name}#${item}`, sk },
      ...(actor && { g2: { pk: `AUDITENTRY#BY#${actor.id}`, sk } }),
    };
  },
  projection: ['day', 'n'],
  patterns: {
    day: {
      reads: 'Entries of a day, in the order of the chain',
      range: ({ day }: { day: string }) => ({ pk: `AUDITENTRY#${day}` }),
    },
    item: {
      index: 'g1',
      reads: 'History of one item, by time',
      range: ({ entity: name, item }: { entity: string; item: string }) => ({ pk: `AUDITENTRY#OF#${name}#${item}` }),
    },
    actor: {
      index: 'g2',
      reads: 'What somebody did, by time',
      range: ({ actor }: { actor: string }) => ({ pk: `AUDITENTRY#BY#${actor}` }),
    },
  },
  derived: true,
});

export const auditEnds = entity<ChainEnd>()({
  name: 'AuditEnd',
  partition: 'AUDITEND',
  describes: 'Where the chain of a day of the audit trail ends',
  keyShape: 'AUDITEND#<day> / AUDITEND',
  key: ({ day }: { day: string }) => ({ pk: `AUDITEND#${day}`, sk: 'AUDITEND' }),
  keyOf: ({ day }) => ({ day }),
  patterns: {},
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
