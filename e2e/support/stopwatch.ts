/** How long each kind of request took, in milliseconds, by what it is called in a report. */
export type Times = Readonly<Record<string, number>>;

export interface Stopwatch {
  readonly times: Times;
  /** Notes how long `act` takes, under a name of its own. */
  timed<T>(what: string, act: () => Promise<T>): Promise<T>;
}

export function stopwatch(): Stopwatch {
  const times: Record<string, number> = {};
  return {
    times,
    async timed(what, act) {
      const startedAt = performance.now();
      const answer = await act();
      times[what] = performance.now() - startedAt;
      return answer;
    },
  };
}

/** How long it takes, in milliseconds. */
export async function took(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
