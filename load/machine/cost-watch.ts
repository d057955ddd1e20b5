import type { Cost } from '../../target/target.ts';
import type { SeriesCost } from '../judge/series.ts';

const EACH_MS = 250;

/** Watches what a target costs until `stop`. `read` is `Target.cost`. */
export class CostWatch {
  readonly #read: () => Promise<Cost>;
  readonly #samples: Cost[] = [];
  readonly #timer: NodeJS.Timeout;

  private constructor(read: () => Promise<Cost>) {
    this.#read = read;
    this.#timer = setInterval(() => void this.#sample(), EACH_MS);
  }

  static async start(read: () => Promise<Cost>): Promise<CostWatch> {
    const watch = new CostWatch(read);
    await watch.#sample();
    return watch;
  }

  /** A target that died can no longer tell: what it did until then stands. */
  async #sample(): Promise<void> {
    await this.#read().then(
      (cost) => this.#samples.push(cost),
      () => undefined,
    );
  }

  async stop(): Promise<SeriesCost | undefined> {
    clearInterval(this.#timer);
    await this.#sample();
    return summarizeCost(this.#samples);
  }
}

/** The samples of a series in three figures; undefined without samples. */
export function summarizeCost(samples: readonly Cost[]): SeriesCost | undefined {
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (!first || !last) return undefined;
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const meanRss = (part: readonly Cost[]) => part.reduce((sum, { rssBytes }) => sum + rssBytes, 0) / part.length;
  return {
    cpuSeconds: last.cpuSeconds - first.cpuSeconds,
    peakRssBytes: Math.max(...samples.map(({ rssBytes }) => rssBytes)),
    rssGrowthBytes: meanRss(samples.slice(-fifth)) - meanRss(samples.slice(0, fifth)),
  };
}
