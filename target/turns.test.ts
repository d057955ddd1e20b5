import { takeTurn } from './turns.ts';

describe('takeTurn', () => {
  it('lets no more than twenty-five begin in one turn of the event loop', async () => {
    let turn = 0;
    let isOver = false;
    const count = () => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);

    const turns = await Promise.all(Array.from({ length: 110 }, () => takeTurn().then(() => turn)));

    isOver = true;
    const sizes = [...Map.groupBy(turns, (at) => at).values()].map((all) => all.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(sizes.length).toBeLessThanOrEqual(6);
  });

  it('lets a single one begin at once', async () => {
    const begun = await Promise.race([
      takeTurn().then(() => true),
      Promise.resolve().then(() => Promise.resolve(false)),
    ]);
    expect(begun).toBe(true);
  });
});
