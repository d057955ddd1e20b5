/** Tells the time as the API writes it: ISO 8601 in UTC with microseconds, each later than the one before. */
export interface Clock {
  now(): string;
}

/**
 * The machine's clock, never standing still and never going back: two events in one millisecond differ. Not `performance.now()`,
 * which falls behind while a laptop sleeps.
 */
export function createClock(): Clock {
  let last = 0;
  return {
    now() {
      last = Math.max(Date.now() * 1000, last + 1);
      const milliseconds = Math.floor(last / 1000);
      return new Date(milliseconds).toISOString().replace('Z', `${String(last % 1000).padStart(3, '0')}Z`);
    },
  };
}
