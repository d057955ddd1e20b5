import { openTarget } from '../target/open.ts';
import type { Session } from '../target/protocol/session.ts';
import type { Cost } from '../target/target.ts';

/** The instance that the load goes to. Disposing of it ends an instance of our own. */
export interface Subject extends AsyncDisposable {
  readonly baseUrl: string;
  /** Ours alone and thrown away afterwards: nobody need be signed out. */
  readonly own: boolean;
  /** Absent where it cannot tell. */
  readonly cost?: () => Promise<Cost>;
}

/**
 * Opens what the load goes to: an instance of our own where the target can be started again, because figures of one that other
 * stages have filled and killed say little; else the target as it stands.
 */
export async function openSubject(session: Session, signal: AbortSignal): Promise<Subject> {
  const { target, tokens, dir } = session;
  const trusts = tokens.kind === 'issuer' || tokens.kind === 'remote';
  if (!target.can.includes('fresh') || !trusts)
    return { baseUrl: target.baseUrl, own: false, [Symbol.asyncDispose]: async () => {} };

  const environment = { issuer: tokens.issuer, audience: tokens.audience };
  const opened = await openTarget(target.spec, { environment, dir, signal });
  return {
    baseUrl: opened.baseUrl,
    own: true,
    ...(opened.can.has('cost') && { cost: () => opened.cost() }),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
