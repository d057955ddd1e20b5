import { stringify } from 'yaml';
import { outputsOf } from '../run/outputs.ts';
import type { DistributeOptions } from './options.ts';
import { partOf } from './plan.ts';

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
  const { name, namespace, parallelism, separate, volumeClaim, resources } = options;
  const { args, env } = outputsOf({ prometheus: options.prometheus }, partOf(options), 1);
  const common = [
    { name: 'BASE_URL', value: options.baseUrl },
    { name: 'K6_NO_USAGE_REPORT', value: 'true' },
  ];
  const limited = { resources: { requests: resources, limits: { memory: resources.memory } } };
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name, namespace },
    spec: {
      parallelism,
      separate,
      // k6's progress would stand in the log among the lines that are read. No `cleanup`: it removes the runners, and with them
      // the verdict.
      quiet: 'true',
      script: volumeClaim
        ? { volumeClaim: { name: volumeClaim, file: 'archive.tar', readOnly: true } }
        : { configMap: { name: `${name}-archive`, file: 'archive.tar' } },
      ...(args.length > 0 && { arguments: args.join(' ') }),
      initializer: { ...options.initializer, env: common, ...limited },
      starter: { ...options.starter },
      runner: { ...options.runner, env: [...common, ...secretsOf(options), ...variables(env)], ...limited },
    },
  };
}

const variables = (env: Readonly<Record<string, string>>) =>
  Object.entries(env).map(([name, value]) => ({ name, value }));

/** Not for the initializer, which only looks at the script. */
const secretsOf = ({ peopleSecret }: DistributeOptions) =>
  peopleSecret ? [{ name: 'PEOPLE', valueFrom: { secretKeyRef: { name: peopleSecret, key: 'people' } } }] : [];
