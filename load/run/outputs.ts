import { join } from 'node:path';
import { z } from 'zod';
import type { Part } from './plan.ts';

const url = z.url({ protocol: /^https?$/, error: 'it takes a URL like http://localhost:9090/api/v1/write' });
const folder = z.string().min(1, 'it takes a folder');

/** Where the figures of a run go besides the verdict. */
export const outputSchema = z.object({
  /** The remote-write address of a Prometheus, e.g. `http://localhost:9090/api/v1/write`. */
  prometheus: url.optional(),
  /** The OTLP/HTTP address of an OpenTelemetry collector, e.g. `http://localhost:4318`. */
  otel: url.optional(),
  /** A folder, absolute, for k6's dashboard of each run as one HTML file. */
  dashboard: folder.optional(),
  /** A folder, absolute, for the raw samples of each run as compressed CSV. */
  samples: folder.optional(),
});
export type OutputOptions = { readonly [name in keyof z.infer<typeof outputSchema>]?: string | undefined };

/** What k6 is told of the outputs of one run, which is the `number`th of its part. */
export function outputsOf(
  options: OutputOptions,
  part: Part,
  number: number,
): { args: string[]; env: Record<string, string> } {
  const args: string[] = [];
  const env: Record<string, string> = {};
  const file = (folder: string, ending: string) => join(folder, `${part.workload}-${part.journey}-${number}.${ending}`);

  // Tags cost k6 time with each sample, and nobody sees them where the figures go nowhere.
  if (options.prometheus || options.otel || options.samples)
    args.push('--tag', `workload=${part.workload}`, '--tag', `journey=${part.journey}`);
  if (options.prometheus) {
    args.push('--out', 'experimental-prometheus-rw');
    env.K6_PROMETHEUS_RW_SERVER_URL = options.prometheus;
    env.K6_PROMETHEUS_RW_TREND_STATS = 'p(50),p(95),p(99),max,count';
    env.K6_PROMETHEUS_RW_PUSH_INTERVAL = '1s';
    // Without it a series of a run that has ended goes on for five minutes.
    env.K6_PROMETHEUS_RW_STALE_MARKERS = 'true';
  }
  if (options.otel) {
    const { protocol, host, pathname } = new URL(options.otel);
    args.push('--out', 'opentelemetry');
    env.K6_OTEL_EXPORTER_PROTOCOL = 'http/protobuf';
    env.K6_OTEL_HTTP_EXPORTER_ENDPOINT = host;
    env.K6_OTEL_HTTP_EXPORTER_URL_PATH = join(pathname, pathname.endsWith('/v1/metrics') ? '' : 'v1/metrics');
    env.K6_OTEL_HTTP_EXPORTER_INSECURE = String(protocol === 'http:');
    env.K6_OTEL_EXPORT_INTERVAL = '1s';
  }
  if (options.dashboard) {
    env.K6_WEB_DASHBOARD = 'true';
    env.K6_WEB_DASHBOARD_PORT = '-1'; // only the file: nothing listens
    env.K6_WEB_DASHBOARD_PERIOD = '1s';
    env.K6_WEB_DASHBOARD_EXPORT = file(options.dashboard, 'html');
  }
  if (options.samples) args.push('--out', `csv=${file(options.samples, 'csv.gz')}`);
  return { args, env };
}
