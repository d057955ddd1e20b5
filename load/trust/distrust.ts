import { BROKEN, type Guard } from './broken.ts';
import { BUSY, type BusyInput } from './busy.ts';
import type { Evidence } from './evidence.ts';
import { SHORT } from './short.ts';

export interface Guards {
  readonly broken: Readonly<Record<string, Guard>>;
  readonly short: Readonly<Record<string, Guard>>;
  readonly busy: Readonly<Record<string, (input: BusyInput) => string | undefined>>;
}

/** All guards. A test leaves one out and sees the false verdict. */
export const GUARDS: Guards = { broken: BROKEN, short: SHORT, busy: BUSY };

/** The first reason why a run is no evidence at all, or less than the load that was asked for. */
export const whyBroken = (evidence: Evidence, guards = GUARDS) => firstReason(guards.broken, evidence);
export const whyShort = (evidence: Evidence, guards = GUARDS) => firstReason(guards.short, evidence);
/** The first reason why slow answers may be the machine's fault. */
export const whyBusy = (input: BusyInput, guards = GUARDS) => firstReason(guards.busy, input);

function firstReason<Input>(guards: Readonly<Record<string, (input: Input) => string | undefined>>, input: Input) {
  for (const guard of Object.values(guards)) {
    const reason = guard(input);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
