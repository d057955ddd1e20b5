import { stringify } from 'yaml';
import type { DistributeOptions } from './options.ts';

/** A ConfigMap holds 1 MiB; base64 makes four bytes of three. */
export const MOST_ARCHIVE_BYTES = 750_000;

/**
 * The manifests: a ConfigMap with the archive (unless a volume claim has it) and a TestRun of `k6.io/v1alpha1`. Every image is
 * pinned, for the operator's own default is `latest`; secrets are named, never written.
 */
export function manifestOf(options: DistributeOptions, archive: Buffer): string {
  const { name, namespace, volumeClaim } = options;
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-archive`, namespace },
    binaryData: { 'archive.tar': archive.toString('base64') },
  };
  const documents = volumeClaim ? [testRunOf(options)] : [configMap, testRunOf(options)];
  return documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n');
}

function testRunOf(options: DistributeOptions) {
  const { name, namespace, parallelism, volumeClaim, prometheus, resources, baseUrl, peopleSecret } = options;
  const baseUrlVariable = { name: 'BASE_URL', value: baseUrl };
  const quiet = { name: 'K6_NO_USAGE_REPORT', value: 'true' };
  const people = peopleSecret
    ? [{ name: 'PEOPLE', valueFrom: { secretKeyRef: { name: peopleSecret, key: 'people' } } }]
    : [];
  const metrics = prometheus
    ? [
        { name: 'K6_PROMETHEUS_RW_SERVER_URL', value: prometheus },
        { name: 'K6_PROMETHEUS_RW_TREND_STATS', value: 'p(50),p(95),p(99),max,count' },
      ]
    : [];
  const limited = { resources: { requests: resources, limits: { memory: resources.memory } } };
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name, namespace },
    spec: {
      parallelism,
      // Two generators on one node would measure each other.
      separate: false,
      script: volumeClaim
        ? { volumeClaim: { name: volumeClaim, file: 'archive.tar', readOnly: true } }
        : { configMap: { name: `${name}-archive`, file: 'archive.tar' } },
      ...(prometheus && { arguments: '--out experimental-prometheus-rw' }),
      initializer: { ...options.initializer, env: [baseUrlVariable, quiet], ...limited },
      starter: { ...options.starter },
      runner: { ...options.runner, env: [baseUrlVariable, quiet, ...people, ...metrics], ...limited },
    },
  };
}
