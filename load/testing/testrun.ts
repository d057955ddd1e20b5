import { z } from 'zod';

/**
 * A TestRun as k6-operator 1.6.0 decodes it on a cluster with strict field validation: a field that is not here is refused. Only what
 * we may write is here; the operator knows more. Source: api/v1alpha1/testrun_types.go and config/crd/bases/k6.io_testruns.yaml.
 */
const quantity = z.string().regex(/^\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?$/);
const quantities = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional() });
const secretKeyRef = z.strictObject({ name: z.string(), key: z.string(), optional: z.boolean().optional() });

/** Numbers and booleans must be quoted: an environment variable is text. */
const variable = z.union([
  z.strictObject({ name: z.string().min(1), value: z.string() }),
  z.strictObject({ name: z.string().min(1), valueFrom: z.strictObject({ secretKeyRef }) }),
]);

/** The operator's own default image is `latest`, so none may be left out. */
const pinned = z.string().regex(/^[\w./-]+:(?!latest)[\w.-]*\d[\w.-]*$/);
const pod = z.strictObject({
  image: pinned,
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
  env: z.array(variable).optional(),
  resources: z.strictObject({ requests: quantities, limits: quantities }).optional(),
});

const metadata = z.strictObject({ name: z.string(), namespace: z.string() });

export const testRunSchema = z.strictObject({
  apiVersion: z.literal('k6.io/v1alpha1'),
  kind: z.literal('TestRun'),
  metadata,
  spec: z.strictObject({
    parallelism: z.number().int().min(1),
    separate: z.boolean().optional(),
    /** Text in the CRD, though it means a boolean. */
    quiet: z.enum(['true', 'false']).optional(),
    arguments: z.string().optional(),
    script: z.union([
      z.strictObject({ configMap: z.strictObject({ name: z.string(), file: z.string() }) }),
      z.strictObject({
        volumeClaim: z.strictObject({ name: z.string(), file: z.string(), readOnly: z.boolean().optional() }),
      }),
    ]),
    initializer: pod,
    starter: pod,
    runner: pod,
  }),
});

export const configMapSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  binaryData: z.record(z.string(), z.base64()),
});
