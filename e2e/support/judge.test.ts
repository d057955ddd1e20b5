import { describe, expect, test } from '@jest/globals';
import { judge } from './judge.ts';
import type { Observation } from './observation.ts';

const PASS: Observation = { kind: 'pass' };
const FAIL: Observation = { kind: 'fail', expected: '200', actual: '500' };
const HUNG: Observation = { kind: 'fail', expected: 'an answer', actual: 'none', hung: true };
const OVERLOADED: Observation = { kind: 'fail', expected: '200', actual: '503', overloaded: true };
const LATE: Observation = { kind: 'fail', expected: '200', actual: '502', late: true };
const ERROR: Observation = { kind: 'error', reason: 'a bug' };

const IDLE = { once: false, isWaitingVain: () => false, busyShare: () => 0.2, watchStarvation: () => () => false };
const BUSY = { ...IDLE, busyShare: () => 0.98 };
const STARVED = { ...BUSY, watchStarvation: () => () => true };

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
    expect(await judge(play(PASS).run, IDLE)).toEqual({ outcome: 'pass' });
  });

  test('fails when the second run fails too', async () => {
    const judged = await judge(play(FAIL, FAIL).run, IDLE);

    expect(judged).toEqual({ outcome: 'fail', expected: '200', actual: '500' });
  });

  test('keeps what the first run saw when the target is gone in the second', async () => {
    const gone: Observation = { kind: 'fail', expected: 'a connection', actual: 'ECONNREFUSED', gone: true };

    const judged = await judge(play(FAIL, gone).run, IDLE);

    expect(judged).toEqual({ outcome: 'fail', expected: '200', actual: '500' });
  });

  test('cannot tell and says flaky when the second run passes', async () => {
    const judged = await judge(play(FAIL, PASS).run, IDLE);

    expect(judged).toMatchObject({
      outcome: 'error',
      flaky: true,
      reason: expect.stringMatching(/got 500.*passed on/),
    });
  });

  test('cannot tell and says flaky when the second run goes wrong', async () => {
    const judged = await judge(play(FAIL, ERROR).run, IDLE);

    expect(judged).toMatchObject({ outcome: 'error', flaky: true, reason: expect.stringMatching(/got 500.*a bug/) });
  });

  test('fails after one run where one is proof', async () => {
    expect(await judge(play(FAIL).run, { ...IDLE, once: true })).toMatchObject({ outcome: 'fail' });
  });

  test('runs again where one run is proof and that one only waited for an answer', async () => {
    expect(await judge(play(HUNG, PASS).run, { ...IDLE, once: true })).toMatchObject({ outcome: 'error', flaky: true });
  });

  test('fails what only waited, twice, on a machine with a core to spare', async () => {
    expect(await judge(play(HUNG, HUNG).run, IDLE)).toMatchObject({ outcome: 'fail' });
  });

  test('gives what only waited, twice, on a busy machine as long as it takes', async () => {
    const patience: unknown[] = [];
    const { run } = play(HUNG, HUNG, PASS);

    const judged = await judge((most) => {
      patience.push(most);
      return run();
    }, BUSY);

    expect(judged).toMatchObject({ outcome: 'error', reason: expect.stringMatching(/passed.*98 % busy/) });
    expect(patience).toEqual([undefined, undefined, 'most']);
  });

  test('fails what waited on a busy machine, three times', async () => {
    expect(await judge(play(HUNG, HUNG, HUNG).run, BUSY)).toMatchObject({ outcome: 'fail' });
  });

  test('cannot tell where the target was starved of time even in the third run', async () => {
    const judged = await judge(play(HUNG, HUNG, HUNG).run, STARVED);

    expect(judged).toMatchObject({ outcome: 'error', starved: true, reason: expect.stringMatching(/lacked the time/) });
    expect(await judge(play(HUNG, HUNG, FAIL).run, STARVED)).toMatchObject({ outcome: 'fail', actual: '500' });
  });

  test('cannot tell where a starved target lost its patience with a part of itself, three times', async () => {
    const judged = await judge(play(LATE, LATE, LATE).run, STARVED);

    expect(judged).toMatchObject({ outcome: 'error', starved: true, actual: '502' });
    expect(await judge(play(LATE, LATE, LATE).run, BUSY)).toMatchObject({ outcome: 'fail', actual: '502' });
    expect(await judge(play(LATE, LATE).run, IDLE)).toMatchObject({ outcome: 'fail', actual: '502' });
  });

  test('waits once where waiting has proven nothing before', async () => {
    const { run, left } = play(HUNG, PASS);

    expect(await judge(run, { ...IDLE, isWaitingVain: () => true })).toMatchObject({
      outcome: 'error',
      actual: 'none',
    });
    expect(left).toEqual([PASS]);
    expect(await judge(play(FAIL, FAIL).run, { ...IDLE, isWaitingVain: () => true })).toMatchObject({
      outcome: 'fail',
    });
  });

  test('cannot tell where another check found out meanwhile that waiting proves nothing', async () => {
    const told = [false, true];

    const judged = await judge(play(HUNG, HUNG).run, { ...IDLE, isWaitingVain: () => told.shift()! });

    expect(judged).toMatchObject({ outcome: 'error', actual: 'none' });
  });

  test('needs no third run on a busy machine where one of two was answered, wrongly', async () => {
    expect(await judge(play(HUNG, FAIL).run, BUSY)).toMatchObject({ outcome: 'fail', actual: '500' });
    expect(await judge(play(FAIL, FAIL).run, BUSY)).toMatchObject({ outcome: 'fail', actual: '500' });
  });

  test('cannot tell where the target was overloaded, three times, on a busy machine', async () => {
    const judged = await judge(play(OVERLOADED, HUNG, OVERLOADED).run, { ...BUSY, once: true });

    expect(judged).toMatchObject({ outcome: 'error', actual: '503', reason: expect.stringMatching(/503.*98 % busy/) });
  });

  test('fails a target that is overloaded, twice, on a machine with a core to spare', async () => {
    const { run, left } = play(OVERLOADED, OVERLOADED, PASS);

    expect(await judge(run, { ...IDLE, once: true })).toMatchObject({ outcome: 'fail', actual: '503' });
    expect(left).toEqual([PASS]);
  });

  test('fails a target that was overloaded twice and then is wrong', async () => {
    expect(await judge(play(OVERLOADED, OVERLOADED, FAIL).run, BUSY)).toMatchObject({ outcome: 'fail', actual: '500' });
  });

  test('does not run again what went wrong by itself', async () => {
    expect(await judge(play(ERROR).run, IDLE)).toEqual({ outcome: 'error', reason: 'a bug' });
  });
});
