/** What differs when two people changed the same product: for the dialog that lets one choose. Pure. */

export interface Difference {
  /** Dotted path of the field. */
  field: string;
  label: string;
  /** As it stood when this person began. */
  before: string;
  mine: string;
  theirs: string;
}

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  price: 'Price',
  currency: 'Currency',
  category: 'Category',
  tags: 'Tags',
  sku: 'Stock code',
  status: 'Status',
  'inventory.stock': 'In stock',
  'inventory.lowStockThreshold': 'Low-stock mark',
  'inventory.trackInventory': 'Stock is counted',
};

function at(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], values);
}

/** A value as people read it in a comparison. */
function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}

/** Fields in which what is stored now differs from what this person wrote, the ones that the other person changed first. */
export function differences(before: unknown, mine: unknown, theirs: unknown): Difference[] {
  return Object.entries(labels)
    .map(([field, label]) => ({
      field,
      label,
      before: shown(at(before, field)),
      mine: shown(at(mine, field)),
      theirs: shown(at(theirs, field)),
    }))
    .filter(({ mine: own, theirs: other }) => own !== other)
    .sort((a, b) => Number(b.before !== b.theirs) - Number(a.before !== a.theirs));
}

/** Paths whose value this person changed: only they are sent, so that a change to another field is never overwritten. */
export function changedFields(before: unknown, mine: unknown): string[] {
  return Object.keys(labels).filter((field) => shown(at(before, field)) !== shown(at(mine, field)));
}

/** The part of the values that stands at the given paths. */
export function pick(values: unknown, fields: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const [head = '', inner] = field.split('.');
    if (inner === undefined) picked[head] = at(values, field);
    else picked[head] = { ...(picked[head] as object | undefined), [inner]: at(values, field) };
  }
  return picked;
}
