import { describe, expect, test } from '@jest/globals';
import { outputsOf } from './outputs.ts';

const part = { workload: 'average', journey: 'snapshot' } as const;

describe('the outputs of a run', () => {
  test('are none unless asked for', () => {
    expect(outputsOf({}, part, 1)).toEqual({ args: [], env: {} });
  });

  test('go to Prometheus by remote write', () => {
    const { args, env } = outputsOf({ prometheus: 'http://localhost:9090/api/v1/write' }, part, 1);

    expect(args).toEqual(
      expect.arrayContaining(['experimental-prometheus-rw', 'workload=average', 'journey=snapshot']),
    );
    expect(env).toMatchObject({ K6_PROMETHEUS_RW_SERVER_URL: 'http://localhost:9090/api/v1/write' });
  });

  test.each([
    ['http://localhost:4318', '/v1/metrics', 'true'],
    ['https://otel.example.com/otlp', '/otlp/v1/metrics', 'false'],
    ['http://localhost:4318/v1/metrics', '/v1/metrics', 'true'],
  ])('go to the collector %s at the path %s', (otel, path, insecure) => {
    const { env } = outputsOf({ otel }, part, 1);

    expect(env).toMatchObject({
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: new URL(otel).host,
      K6_OTEL_HTTP_EXPORTER_URL_PATH: path,
      K6_OTEL_HTTP_EXPORTER_INSECURE: insecure,
    });
  });

  test('are a file of its own for each run', () => {
    const { args, env } = outputsOf({ samples: '/out', dashboard: '/out' }, part, 2);

    expect(args).toContain('csv=/out/average-snapshot-2.csv.gz');
    expect(env.K6_WEB_DASHBOARD_EXPORT).toBe('/out/average-snapshot-2.html');
  });
});
