/** What a change did, attribute by attribute: before at the left, after at the right. */
import { cn } from '../ui/cn';

/** Says again who and when, which stands beside: left out where anything else changed. */
const bookkeeping = new Set(['updatedAt', 'updatedBy', 'version']);
type Values = Readonly<Record<string, unknown>>;

/** "lastLoginAt" → "Last login at". */
function attributeWords(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 2) ?? '';
}

function Side({ label, values, name, look }: { label: string; values: Values; name: string; look: string }) {
  const isThere = name in values;
  return (
    <div className="min-w-0">
      <span className="sr-only">{label}: </span>
      {isThere ? (
        <span
          className={cn(
            'inline-block max-w-full rounded-sm px-1.5 py-0.5 text-sm break-words whitespace-pre-wrap',
            look,
          )}
        >
          {valueText(values[name]) || '(empty)'}
        </span>
      ) : (
        <span className="text-sm text-subtle">—</span>
      )}
    </div>
  );
}

export function Changes({ before, after }: { before: Values; after: Values }) {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const names = all.some((name) => !bookkeeping.has(name)) ? all.filter((name) => !bookkeeping.has(name)) : all;
  if (names.length === 0) return <p className="text-sm text-subtle">Nothing that is shown.</p>;
  return (
    <dl className="divide-y rounded-md border">
      {names.map((name) => (
        <div key={name} className="flex flex-col gap-1.5 px-3 py-2">
          <dt className="text-sm text-muted">{attributeWords(name)}</dt>
          <dd className="grid gap-2 sm:grid-cols-2">
            <Side label="Before" values={before} name={name} look="bg-bad-soft text-fg" />
            <Side label="After" values={after} name={name} look="bg-good-soft text-fg" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
