const compiled = new Map<string, RegExp>();

/** IAM's wildcards: `*` any text (also none), `?` one character. The compiled pattern is kept. */
export function wildcard(pattern: string, flags = ''): RegExp {
  const key = flags + pattern;
  let expression = compiled.get(key);
  if (expression === undefined) {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    expression = new RegExp(`^${escaped}$`, `s${flags}`);
    // Policy variables make patterns without end; the bound keeps memory flat.
    if (compiled.size > 10_000) compiled.clear();
    compiled.set(key, expression);
  }
  return expression;
}
