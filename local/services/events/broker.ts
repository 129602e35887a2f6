/** The buses with their rules and archives: takes events in, writes who gets them, hands them to the dispatcher. */
import { AwsError, type Cloud } from '../../types.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Archive, BusEvent, Rule } from './model.ts';
import { compilePattern } from './pattern.ts';
import { assertSupportedTarget } from './send-to-target.ts';
import type { EventStore } from './store.ts';

/** How many events of each bus the console shows. */
const recentLimit = 200;

export interface Bus {
  name: string;
  arn: string;
  description?: string;
  /** Newest first; kept in memory only. */
  recent: { event: BusEvent; rules: string[] }[];
}

export type Broker = ReturnType<typeof createBroker>;

export function createBroker(cloud: Cloud, store: EventStore) {
  const prefix = `arn:aws:events:${cloud.region}:${cloud.accountId}`;
  const buses = new Map<string, Bus>();
  const rules = new Map<string, Rule>();
  const archives = new Map<string, Archive>();
  const dispatcher = createDispatcher(cloud, store, (arn) => rules.get(arn));

  function addBus(name: string, description?: string): Bus {
    const known = buses.get(name);
    if (known) return Object.assign(known, { description });
    const bus: Bus = { name, arn: `${prefix}:event-bus/${name}`, description, recent: [] };
    buses.set(name, bus);
    return bus;
  }

  /** Accepts a bus name or ARN; the default bus when absent. */
  function bus(nameOrArn = 'default'): Bus {
    const found = buses.get(busName(nameOrArn));
    if (!found) {
      throw new AwsError('ResourceNotFoundException', `Event bus ${busName(nameOrArn)} does not exist.`);
    }
    return found;
  }

  /** Compiles the pattern and checks the targets; throws when AWS, or the local platform, would refuse the rule. */
  function addRule(rule: Rule): Rule {
    for (const target of rule.targets) assertSupportedTarget(target.Arn);
    const complete = { ...rule, test: rule.pattern && compilePattern(rule.pattern) };
    rules.set(rule.arn, complete);
    return complete;
  }

  addBus('default');
  for (const rule of store.rules()) addRule(rule);

  return {
    buses,
    rules,
    archives,
    dispatcher,
    bus,
    addBus,
    addRule,
    addArchive(archive: Archive): void {
      archives.set(archive.name, { ...archive, test: archive.pattern && compilePattern(archive.pattern) });
    },
    ruleArn(busOfRule: string, name: string): string {
      return `${prefix}:rule/${busOfRule === 'default' ? name : `${busOfRule}/${name}`}`;
    },
    archiveArn(name: string): string {
      return `${prefix}:archive/${name}`;
    },
    /** Accepted means durable: deliveries and archive entries of all events are on disk when this returns. */
    accept(entries: { bus: Bus; event: BusEvent }[], onlyRules?: ReadonlySet<string>): void {
      const deliveries: { ruleArn: string; targetId: string; event: BusEvent }[] = [];
      const archived: { archive: string; event: BusEvent }[] = [];
      for (const { bus: target, event } of entries) {
        const matched: string[] = [];
        for (const rule of rules.values()) {
          if (rule.bus !== target.name || !rule.enabled || !rule.test?.(event)) continue;
          if (onlyRules && !onlyRules.has(rule.arn)) continue;
          matched.push(rule.name);
          for (const { Id } of rule.targets) deliveries.push({ ruleArn: rule.arn, targetId: Id, event });
        }
        // What comes from an archive does not go into one again.
        const fresh = event['replay-name'] === undefined;
        for (const archive of archives.values()) {
          if (fresh && archive.bus === target.name && (archive.test?.(event) ?? true)) {
            archived.push({ archive: archive.name, event });
          }
        }
        target.recent.unshift({ event, rules: matched });
        if (target.recent.length > recentLimit) target.recent.pop();
      }
      dispatcher.dispatch(store.accept(deliveries, archived));
    },
    /** To the targets of one rule, whatever its pattern (schedules). */
    fire(rule: Rule, event: BusEvent): void {
      const deliveries = rule.targets.map(({ Id }) => ({ ruleArn: rule.arn, targetId: Id, event }));
      dispatcher.dispatch(store.accept(deliveries, []));
    },
  };
}

export function busName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}
