import { describe, expect, test } from '@jest/globals';
import { fitUsl } from './usl.ts';

const law = (lambda: number, sigma: number, kappa: number) => (inFlight: number) => ({
  inFlight,
  throughput: (lambda * inFlight) / (1 + sigma * (inFlight - 1) + kappa * inFlight * (inFlight - 1)),
});

describe('the universal scalability law', () => {
  test('is found again in points that follow it', () => {
    const fit = fitUsl([1, 2, 4, 8, 16, 32].map(law(1000, 0.05, 0.001)));

    expect(fit?.lambda).toBeCloseTo(1000, 3);
    expect(fit?.sigma).toBeCloseTo(0.05, 6);
    expect(fit?.kappa).toBeCloseTo(0.001, 6);
    expect(fit?.r2).toBeCloseTo(1, 6);
  });

  test('is near the published fit for points with noise', () => {
    const noise = [1.01, 0.98, 1.02, 0.99, 1.01, 1];
    const points = [1, 2, 4, 8, 16, 32].map(law(500, 0.1, 0.0005)).map((point, i) => ({
      ...point,
      throughput: point.throughput * noise[i]!,
    }));

    expect(fitUsl(points)?.sigma).toBeCloseTo(0.1, 1);
  });

  test('is not claimed for a few points', () => {
    expect(fitUsl([1, 2, 3].map(law(1000, 0.05, 0.001)))).toBeUndefined();
  });

  test('is not claimed for points all at one load', () => {
    expect(fitUsl([1, 1, 1, 1, 1].map(law(1000, 0.05, 0.001)))).toBeUndefined();
  });

  test('is not claimed for points that follow nothing', () => {
    const points = [5, 900, 3, 700, 20, 4].map((throughput, i) => ({ inFlight: i + 1, throughput }));

    expect(fitUsl(points)).toBeUndefined();
  });
});
