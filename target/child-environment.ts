const OURS = /^(?:ASSAY|JEST)_/;

/** The caller's environment without what is ours, and with what the target is told. */
export function buildChildEnvironment(told: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || OURS.test(name) || isSetByJest(name, value) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), ...told };
}

// Jest sets NODE_ENV=test where there is none: a provider must not run in another mode because a check started it.
const isSetByJest = (name: string, value: string): boolean =>
  name === 'NODE_ENV' && value === 'test' && process.env.JEST_WORKER_ID !== undefined;
