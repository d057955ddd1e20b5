/** How long the fake provider holds an answer back, in milliseconds, by the number of the request and the time since its start. */
export type Delay = (request: number, sinceStartMs: number) => number;

/** Always the same. */
export const constant =
  (ms: number): Delay =>
  () =>
    ms;

/** `ms` for one request in `each`, spread evenly: 1 % is one in 100. */
export const oneIn =
  (each: number, ms: number, otherwise: number): Delay =>
  (request) =>
    request % each === each - 1 ? ms : otherwise;

/** Answers nothing for `stallMs` at the end of every period: whoever comes then waits until the stall is over. */
export const stall =
  (eachMs: number, stallMs: number, otherwise: number): Delay =>
  (_, sinceStartMs) => {
    const left = eachMs - (sinceStartMs % eachMs);
    return left <= stallMs ? Math.max(left, otherwise) : otherwise;
  };
