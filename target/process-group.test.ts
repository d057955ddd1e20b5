import { once } from 'node:events';
import { execa } from 'execa';
import { signalGroup, waitForGroupEnd } from './process-group.ts';

/** A process group whose leader sleeps for so long (seconds), and whose parent never collects its exit code. */
async function startUncollected(seconds: number) {
  const parent = execa('bash', ['-c', `set -m; sleep ${seconds} & echo $!; exec sleep 60`], { reject: false });
  const [line] = await once(parent.stdout, 'data');
  return {
    group: Number(line),
    [Symbol.asyncDispose]: async () => {
      parent.kill('SIGKILL');
      await parent;
    },
  };
}

describe('waitForGroupEnd', () => {
  it('takes a zombie that nobody collects for ended', async () => {
    await using uncollected = await startUncollected(0.2);
    expect(await waitForGroupEnd(uncollected.group, 10_000)).toBe(true);
  });

  it('says so when a process still runs at the end of its time', async () => {
    await using uncollected = await startUncollected(60);
    expect(await waitForGroupEnd(uncollected.group, 50)).toBe(false);
    signalGroup(uncollected.group, 'SIGKILL');
    expect(await waitForGroupEnd(uncollected.group, 10_000)).toBe(true);
  });

  it('takes a group that is no more for ended', async () => {
    const child = execa('true', { detached: true });
    await child;
    expect(signalGroup(child.pid as number, 0)).toBe(false);
    expect(await waitForGroupEnd(child.pid as number, 0)).toBe(true);
  });
});
