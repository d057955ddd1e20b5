/** Throughput in requests per second with `inFlight` requests in the server at once. */
export interface Load {
  readonly inFlight: number;
  readonly throughput: number;
}

/** X(N) = λN / (1 + σ(N − 1) + κN(N − 1)). Source: N. J. Gunther, Guerrilla Capacity Planning, 2007. */
export interface Usl {
  /** λ: requests per second of one at a time. */
  readonly lambda: number;
  /** σ: the share that goes one after the other. κ: what the ones in flight cost each other. */
  readonly sigma: number;
  readonly kappa: number;
  /** How much of the variance of N/X it explains. */
  readonly r2: number;
}

/** Fewer points, or a worse fit, say nothing. */
const FEWEST = 5;
const WORST_R2 = 0.9;

/**
 * Fits the law by least squares on its linear form, N/X = c₀ + c₁N + c₂N². Undefined where it does not fit: too few points, too
 * little explained, or coefficients that mean nothing (an open load far below capacity knows only c₀).
 */
export function fitUsl(loads: readonly Load[]): Usl | undefined {
  const points = loads.filter(({ inFlight, throughput }) => inFlight > 0 && throughput > 0);
  if (points.length < FEWEST) return undefined;
  const x = points.map(({ inFlight }) => inFlight);
  const y = points.map(({ inFlight, throughput }) => inFlight / throughput);
  const coefficients = solveQuadratic(x, y);
  if (!coefficients) return undefined;
  const [c0, c1, c2] = coefficients;
  const lambda = 1 / (c0 + c1 + c2);
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const residual = y.reduce((sum, value, i) => sum + (value - c0 - c1 * x[i]! - c2 * x[i]! ** 2) ** 2, 0);
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const usl = { lambda, sigma: 1 - c0 * lambda, kappa: c2 * lambda, r2: 1 - residual / total };
  const means = lambda > 0 && usl.sigma >= -1e-9 && usl.sigma <= 1 && usl.kappa >= -1e-9;
  return means && usl.r2 >= WORST_R2 ? usl : undefined;
}

/** Least squares of y = c₀ + c₁x + c₂x², by Cramer's rule on the normal equations. Undefined where they have no one answer. */
function solveQuadratic(x: readonly number[], y: readonly number[]): [number, number, number] | undefined {
  const power = (p: number) => x.reduce((sum, value) => sum + value ** p, 0);
  const moment = (p: number) => x.reduce((sum, value, i) => sum + value ** p * y[i]!, 0);
  const [s0, s1, s2, s3, s4] = [power(0), power(1), power(2), power(3), power(4)];
  const [m0, m1, m2] = [moment(0), moment(1), moment(2)];
  const whole = det([s0, s1, s2], [s1, s2, s3], [s2, s3, s4]);
  if (!(Math.abs(whole) > 1e-12 * s0 * s2 * s4)) return undefined;
  return [
    det([m0, s1, s2], [m1, s2, s3], [m2, s3, s4]) / whole,
    det([s0, m0, s2], [s1, m1, s3], [s2, m2, s4]) / whole,
    det([s0, s1, m0], [s1, s2, m1], [s2, s3, m2]) / whole,
  ];
}

type Row = readonly [number, number, number];
const det = ([a, b, c]: Row, [d, e, f]: Row, [g, h, i]: Row): number =>
  a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
