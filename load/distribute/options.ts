import { z } from 'zod';
import { JOURNEYS, type JourneyName } from '../k6/plan.ts';
import { type WorkloadName, workloads } from '../k6/workloads.ts';
import { stepsOfPart } from '../run/plan.ts';
import { PINNED } from '../tool/version.ts';

const image = z.strictObject({ image: z.string(), imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']) });
const K6_IMAGE = { image: `grafana/k6:${PINNED}`, imagePullPolicy: 'IfNotPresent' } as const;

/** The k6-operator release that the manifest is written for: its starter image is named in it, its types are tested against. */
export const OPERATOR = '1.6.0';
const STARTER = { image: `ghcr.io/grafana/k6-operator:starter-v${OPERATOR}`, imagePullPolicy: 'IfNotPresent' } as const;

/** What Kubernetes takes for the name of an object: RFC 1123, short enough for the names that the operator makes of it. */
const name = z
  .string()
  .regex(/^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/, 'it takes lower-case letters, digits and hyphens, a letter first');

/** What `load distribute` is told: a JSON file, named by its one argument. */
export const distributeOptionsSchema = z.strictObject({
  /** `write` makes the files, `read` fetches the verdict from the cluster, `local` runs the segments on this machine. */
  mode: z.enum(['write', 'read', 'local']),
  /** The k6 program, absolute (`write` and `local`). */
  k6: z.string().optional(),
  /** The folder of the files, absolute; `read` needs what `write` left there. */
  out: z.string(),
  parallelism: z.number().int().min(1).max(500).default(2),
  workload: z.enum(Object.keys(workloads) as [WorkloadName, ...WorkloadName[]]).default('average'),
  journey: z.enum(Object.keys(JOURNEYS) as [JourneyName, ...JourneyName[]]).default('snapshot'),
  /** Of all pods together, per second. */
  rate: z.number().int().min(1).optional(),
  seconds: z.number().int().min(1).optional(),
  /** `BASE_URL`: the provider as the pods see it. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('http://provider:1000'),
  budgets: z.string().optional(),
  name: name.default('assay-load'),
  namespace: name.default('default'),
  runner: image.default(K6_IMAGE),
  initializer: image.default(K6_IMAGE),
  starter: image.default(STARTER),
  resources: z.strictObject({ cpu: z.string(), memory: z.string() }).default({ cpu: '1', memory: '1Gi' }),
  /** Each pod on a node of its own: two generators on one node measure each other, but there must be as many nodes. */
  separate: z.boolean().default(false),
  /** A Secret with a key `people`: JSON `People` (see `k6/plan.ts`) for the journeys that sign in. At most 128 KiB. */
  peopleSecret: name.optional(),
  /** `local`: a file with what the Secret holds, absolute. */
  people: z.string().optional(),
  /** A claim in the place of the ConfigMap, for archives over 1 MiB: copy `archive.tar` onto it. */
  volumeClaim: name.optional(),
  prometheus: z.url({ protocol: /^https?$/ }).optional(),
  /** `read`: the kubectl program. */
  kubectl: z.string().default('kubectl'),
  /** Hosts beside this machine that `local` may put load on. */
  allowRemote: z.array(z.string()).default([]),
  /** Print the checks as JSON. */
  json: z.boolean().default(false),
});
export type DistributeOptions = z.infer<typeof distributeOptionsSchema>;

/** Why a journey cannot be run: it signs in, and nobody is named who could. Undefined: it can. */
export function refuseJourney({ mode, journey, people, peopleSecret }: DistributeOptions): string | undefined {
  if (journey === 'snapshot' || mode === 'read' || (mode === 'local' ? people : peopleSecret)) return undefined;
  return `it needs people: name ${mode === 'local' ? 'a file by --people' : 'a Secret by --people-secret'}`;
}

/** Why so many pods cannot share a rate; undefined: they can. The operator refuses more runners than there are VUs. */
export function refuseParallelism(options: DistributeOptions): string | undefined {
  const { parallelism, workload, journey, rate, seconds } = options;
  const least = Math.min(...stepsOfPart({ workload, journey, rate, seconds }).map((step) => step.rate));
  if (parallelism <= least) return undefined;
  return `${parallelism} pods cannot share ${least} iterations a second: each must have one at least`;
}
