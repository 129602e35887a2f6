/** Makes something at the first call and answers the same ever after: nothing happens at import, and nothing twice in a container. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
