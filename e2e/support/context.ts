import { Ledger } from '../../target/ledger.ts';
import type { Mint } from '../../target/mint.ts';
import { openTarget } from '../../target/open.ts';
import { buildAccounts, buildPerson, type Person } from '../../target/person.ts';
import type { Exchange } from '../../target/protocol/result.ts';
import type { Session } from '../../target/protocol/session.ts';
import type { TargetEnvironment } from '../../target/target.ts';
import { OwnPlace } from './own-place.ts';
import { patienceMs } from './patience.ts';
import { Place } from './place.ts';
import { writeReport } from './reports.ts';
import { noteSignIn } from './starvation.ts';

/** What one run of a check is given, fresh: a place on the target under test, people, tokens, and a target of its own. */
export class Context extends Place {
  readonly session: Session;
  readonly mint: Mint;
  /** For whatever is drawn. The same when the check is run again. */
  readonly seed: number;
  /** Aborts when the check's time is up. */
  readonly signal: AbortSignal;
  /** How long a request may take, in milliseconds. */
  readonly requestMs: number;
  readonly numbers: Record<string, number> = {};
  readonly #own: OwnPlace[] = [];

  constructor(options: { session: Session; mint: Mint; seed: number; signal: AbortSignal; requestMs?: number }) {
    const { session, requestMs = patienceMs(session.dir) } = options;
    const { baseUrl } = session.target;
    const ledger = new Ledger(session.dir);
    super({
      baseUrl: () => baseUrl,
      mint: options.mint,
      newPerson: () => buildPerson(session.id),
      timeoutMs: requestMs,
      book: {
        record: (id) => ledger.recordUser(id, baseUrl),
        forget: (id) => ledger.forgetUser(id, baseUrl),
      },
    });
    this.session = session;
    this.mint = options.mint;
    this.seed = options.seed;
    this.signal = options.signal;
    this.requestMs = requestMs;
  }

  /** Someone whom no one knows yet. */
  newPerson(overrides: Partial<Person> = {}): Person {
    return buildPerson(this.session.id, overrides);
  }

  /** One new person for each kind of account. */
  newAccounts(): Person[] {
    return buildAccounts((overrides) => this.newPerson(overrides));
  }

  /**
   * Starts another instance with empty data (capability `fresh`); it ends with the check at the latest. Where it is told to
   * trust an issuer of the check's own, that issuer's mint goes with it.
   */
  async openOwn(told: Partial<TargetEnvironment> = {}, mint = this.mint): Promise<OwnPlace> {
    const { dir, target } = this.session;
    const environment = { ...trustOf(this.session), ...told };
    const options = { environment, dir, signal: this.signal };
    const opened = await openTarget(target.spec, options);
    const place = new OwnPlace(opened, { mint, newPerson: () => this.newPerson(), timeoutMs: this.requestMs });
    this.#own.push(place);
    return place;
  }

  /** Every exchange of the run, its own targets' last. */
  get exchanges(): readonly Exchange[] {
    return [this, ...this.#own].flatMap(({ client }) => client.exchanges);
  }

  override remember(id: string): void {
    noteSignIn(this.session.dir);
    super.remember(id);
  }

  /** A line for the report's notes. */
  note(text: string): void {
    writeReport(this.session.dir, { note: text });
  }

  /** A figure for the evidence; its name carries the unit (`p95Ms`). */
  measure(name: string, value: number): void {
    this.numbers[name] = value;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#own.map((place) => place[Symbol.asyncDispose]()));
    await super[Symbol.asyncDispose]();
  }
}

function trustOf({ tokens }: Session): TargetEnvironment {
  if (tokens.kind === 'issuer' || tokens.kind === 'remote') return { issuer: tokens.issuer, audience: tokens.audience };
  throw new Error('a target of our own needs an issuer of our own: the check must need the capability `claims`');
}
