/** What is costly to start, once for all parts of a file of tests. */

interface Stoppable {
  stop(): Promise<void>;
}

/** Gives all who ask the same one, which `start` made for the first of them; it stops when the last of them stops it. */
export function shared<T extends Stoppable>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  let users = 0;
  return async () => {
    users += 1;
    started ??= start();
    const one = await started;
    return {
      ...one,
      stop: async () => {
        users -= 1;
        if (users === 0) await one.stop();
      },
    };
  };
}
