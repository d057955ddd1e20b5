/** Whether a rate met the budget in one trial. */
export interface Tried {
  readonly rate: number;
  readonly met: boolean;
}

export interface SearchOptions {
  /** Requests per second to begin with, and never to go beyond. */
  readonly start: number;
  readonly most: number;
  /** How often the rates at the knee are tried: latency there is luck. */
  readonly repeats: number;
}

/** Where the highest good rate and the lowest bad one are closer than this, there is no point in more digits. */
const CLOSE = 1.1;

const isGood = (trials: readonly Tried[]): boolean => trials.filter(({ met }) => met).length * 2 > trials.length;

/** The highest rate that most of its trials met the budget at, below every rate that most did not; 0 where there is none. */
export function capacityOf(trials: readonly Tried[]): number {
  const { good } = bounds(trials);
  return good;
}

/**
 * The rate to try next; undefined: the capacity is found. Steps up by 2 until the budget is broken (down by 4 while nothing is good),
 * then halves the gap, then repeats the two rates at the knee.
 */
export function nextRate(trials: readonly Tried[], { start, most, repeats }: SearchOptions): number | undefined {
  if (trials.length === 0) return Math.min(start, most);
  const { good, bad } = bounds(trials);
  if (good === 0) return bad <= 1 ? undefined : Math.max(1, Math.floor(bad / 4));
  if (bad === Number.POSITIVE_INFINITY)
    return good >= most ? repeat(trials, [good], repeats) : Math.min(most, good * 2);
  if (bad / good > CLOSE && bad - good > 1) return Math.round(Math.sqrt(good * bad));
  return repeat(trials, [good, bad], repeats);
}

function bounds(trials: readonly Tried[]): { good: number; bad: number } {
  const rates = [...new Set(trials.map(({ rate }) => rate))].sort((a, b) => a - b);
  const isGoodRate = (rate: number) => isGood(trials.filter((trial) => trial.rate === rate));
  const bad = rates.find((rate) => !isGoodRate(rate)) ?? Number.POSITIVE_INFINITY;
  return { good: Math.max(0, ...rates.filter((rate) => rate < bad)), bad };
}

const repeat = (trials: readonly Tried[], rates: readonly number[], repeats: number): number | undefined =>
  rates.find((rate) => trials.filter((trial) => trial.rate === rate).length < repeats);
