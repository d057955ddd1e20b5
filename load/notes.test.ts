import { describe, expect, test } from '@jest/globals';
import { notesOf } from './notes.ts';
import { buildEvidence } from './testing/evidence.ts';

const notesWith = (stderr: string) => {
  const evidence = { ...buildEvidence(), stderr };
  const series = [{ part: evidence.part, runs: [evidence], durationMs: 1 }];
  return notesOf({ series, floor: { p50Ms: 1, p95Ms: 1, p99Ms: 1 }, users: 10 });
};

describe('the notes of a run', () => {
  test('say the latencies, the floor and the share of the generator', () => {
    expect(notesWith('')).toEqual([
      expect.stringMatching(/^average-snapshot: users_snapshot 1000 requests, p50 5\.0 ms/),
      expect.stringContaining('a bare server'),
      expect.stringContaining('k6 took at most 10 %'),
    ]);
  });

  test.each([
    [
      'Prometheus',
      'level=error msg="Failed to send the time series data to the endpoint" error="HTTP POST request failed: Post \\"http://127.0.0.1:1/api/v1/write\\": dial tcp 127.0.0.1:1: connect: connection refused"',
    ],
    [
      'OpenTelemetry',
      'level=info msg="failed to upload metrics: Post \\"http://127.0.0.1:1/v1/metrics\\": dial tcp 127.0.0.1:1: connect: connection refused"',
    ],
  ])('say that figures did not reach %s: k6 itself exits 0', (output, stderr) => {
    expect(notesWith(stderr)).toContain(
      `figures did not reach ${output}: dial tcp 127.0.0.1:1: connect: connection refused`,
    );
  });
});
