/** What a target receives of an event: all of it, a part (InputPath), a constant (Input), or a template (InputTransformer). */
import type { Json } from '../../types.ts';
import type { BusEvent, Rule, Target } from './model.ts';

/** JSON text for the target. `acceptedAt` in milliseconds since the epoch. */
export function inputFor(
  target: Target,
  event: BusEvent,
  rule: Pick<Rule, 'arn' | 'name'>,
  acceptedAt: number,
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(select(event, target.InputPath) ?? null);
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  const values: Record<string, Json | undefined> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(acceptedAt).toISOString(),
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(target.InputTransformer.InputPathsMap ?? {})) {
    values[name] = select(event, path);
  }
  return fillTemplate(target.InputTransformer.InputTemplate, values);
}

/** The value at a JSON path of the kind that EventBridge knows: `$`, `$.a.b`, `$.a[0]`, `$['a-b']`. */
export function select(event: Json, path: string): Json | undefined {
  const steps = path.match(/[^.[\]'"$]+/gu) ?? [];
  let value: Json | undefined = event;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(step)] : value[step];
  }
  return value;
}

/**
 * Fills `<name>` in a template. Inside quotes a value becomes part of the string, outside it becomes JSON. A value that the
 * event does not have is empty inside quotes and `null` outside. A template that is no JSON afterwards is sent as a string.
 */
export function fillTemplate(template: string, values: Record<string, Json | undefined>): string {
  let quoted = false;
  const filled = template.replace(/\\.|"|<([\w.-]+)>/gsu, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined || !Object.hasOwn(values, name)) return part;
    const value = values[name];
    if (!quoted) return JSON.stringify(value ?? null);
    if (value === undefined || value === null) return '';
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
  try {
    JSON.parse(filled);
    return filled;
  } catch {
    return JSON.stringify(filled);
  }
}
