import { z } from 'zod';
import { JOURNEYS, type JourneyName } from '../k6/plan.ts';
import { type WorkloadName, workloads } from '../k6/workloads.ts';
import { PINNED } from '../tool/version.ts';

const image = z.strictObject({ image: z.string(), imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']) });
const K6_IMAGE = { image: `grafana/k6:${PINNED}`, imagePullPolicy: 'IfNotPresent' } as const;

/** What `load distribute` is told: a JSON file, named by its one argument. */
export const distributeOptionsSchema = z.strictObject({
  /** `write` makes the files, `read` fetches the verdict from the cluster, `local` runs the segments on this machine. */
  mode: z.enum(['write', 'read', 'local']),
  /** The k6 program, absolute (`write` and `local`). */
  k6: z.string().optional(),
  /** The folder of the files, absolute; `read` needs the `plan.json` and `part.json` that `write` left there. */
  out: z.string(),
  parallelism: z.number().int().min(1).max(500).default(2),
  workload: z.enum(Object.keys(workloads) as [WorkloadName, ...WorkloadName[]]).default('average'),
  journey: z.enum(Object.keys(JOURNEYS) as [JourneyName, ...JourneyName[]]).default('snapshot'),
  /** Of all pods together, per second. */
  rate: z.number().int().min(1).optional(),
  seconds: z.number().int().min(1).optional(),
  /** `BASE_URL`: the provider as the pods see it. */
  baseUrl: z.url().default('http://provider:1000'),
  budgets: z.string().optional(),
  name: z
    .string()
    .regex(/^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/)
    .default('assay-load'),
  namespace: z.string().default('default'),
  runner: image.default(K6_IMAGE),
  initializer: image.default(K6_IMAGE),
  starter: image.default({ image: 'ghcr.io/grafana/k6-operator:starter-v1.1.0', imagePullPolicy: 'IfNotPresent' }),
  resources: z.strictObject({ cpu: z.string(), memory: z.string() }).default({ cpu: '1', memory: '1Gi' }),
  /** A Secret with a key `people`: JSON `People` (see `k6/plan.ts`) for the journeys that sign in. At most 128 KiB. */
  peopleSecret: z.string().optional(),
  /** A claim in the place of the ConfigMap, for archives over 1 MiB: copy `archive.tar` onto it. */
  volumeClaim: z.string().optional(),
  prometheus: z.url().optional(),
  /** `read`: the kubectl program. */
  kubectl: z.string().default('kubectl'),
});
export type DistributeOptions = z.infer<typeof distributeOptionsSchema>;
