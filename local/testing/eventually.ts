/**
 * Asks again and again until `ask` gives something that is not undefined or false, and fails with what was awaited. It waits far longer than it
 * should take: a machine with more to do must not fail a test. Where the time itself is promised, a test measures it.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { withinMs = 30_000, everyMs = 20 } = {},
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`Within ${withinMs} ms this did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
