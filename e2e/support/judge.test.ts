import { describe, expect, test } from '@jest/globals';
import { judge } from './judge.ts';
import type { Observation } from './observation.ts';

const PASS: Observation = { kind: 'pass' };
const FAIL: Observation = { kind: 'fail', expected: '200', actual: '500' };
const ERROR: Observation = { kind: 'error', reason: 'a bug' };

function play(...seen: Observation[]) {
  const left = [...seen];
  const run = async () => {
    const next = left.shift();
    if (!next) throw new Error('ran once too often');
    return next;
  };
  return { run, left };
}

describe('judge', () => {
  test('passes after one run that passes', async () => {
    expect(await judge(play(PASS).run, { once: false })).toEqual({ outcome: 'pass' });
  });

  test('fails when the second run fails too', async () => {
    const judged = await judge(play(FAIL, FAIL).run, { once: false });

    expect(judged).toEqual({ outcome: 'fail', expected: '200', actual: '500' });
  });

  test('keeps what the first run saw when the target is gone in the second', async () => {
    const gone: Observation = { kind: 'fail', expected: 'a connection', actual: 'ECONNREFUSED', gone: true };

    const judged = await judge(play(FAIL, gone).run, { once: false });

    expect(judged).toEqual({ outcome: 'fail', expected: '200', actual: '500' });
  });

  test('cannot tell and says flaky when the second run passes', async () => {
    const judged = await judge(play(FAIL, PASS).run, { once: false });

    expect(judged).toMatchObject({
      outcome: 'error',
      flaky: true,
      reason: expect.stringMatching(/got 500.*passed on/),
    });
  });

  test('cannot tell and says flaky when the second run goes wrong', async () => {
    const judged = await judge(play(FAIL, ERROR).run, { once: false });

    expect(judged).toMatchObject({ outcome: 'error', flaky: true, reason: expect.stringMatching(/got 500.*a bug/) });
  });

  test('fails after one run where one is proof', async () => {
    expect(await judge(play(FAIL).run, { once: true })).toMatchObject({ outcome: 'fail' });
  });

  test('runs again where one run is proof and that one only waited for an answer', async () => {
    const hung: Observation = { kind: 'fail', expected: 'an answer', actual: 'none', hung: true };

    expect(await judge(play(hung, PASS).run, { once: true })).toMatchObject({ outcome: 'error', flaky: true });
  });

  test('does not run again what went wrong by itself', async () => {
    expect(await judge(play(ERROR).run, { once: false })).toEqual({ outcome: 'error', reason: 'a bug' });
  });
});
