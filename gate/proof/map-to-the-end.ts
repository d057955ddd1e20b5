import pMap from 'p-map';

/**
 * As `pMap`; where one rejects, those under way are waited for before it does: each has to clean up after itself, and whoever called
 * may end the process.
 */
export async function mapToTheEnd<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  concurrency: number,
): Promise<Result[]> {
  const underWay = new Set<Promise<Result>>();
  const watched = (item: Item) => {
    const one = work(item);
    underWay.add(one);
    return one.finally(() => underWay.delete(one));
  };
  try {
    return await pMap(items, watched, { concurrency });
  } catch (error) {
    await Promise.allSettled(underWay);
    throw error;
  }
}
