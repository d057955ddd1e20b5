import { z } from 'zod';

/** A class of status codes by its name, or a list of them. */
const statusRuleSchema = z.union([z.string(), z.array(z.int())]);

/** The parts of a pact (specification 4) that we read; the rest is handed on as it stands. */
const interactionSchema = z.looseObject({
  type: z.literal('Synchronous/HTTP'),
  description: z.string().min(1),
  providerStates: z
    .array(z.looseObject({ name: z.string(), params: z.record(z.string(), z.unknown()).optional() }))
    .default([]),
  comments: z
    .looseObject({
      references: z.looseObject({ requirement: z.record(z.string(), z.string()).optional() }).optional(),
    })
    .optional(),
  response: z.looseObject({
    status: z.int(),
    matchingRules: z
      .looseObject({
        status: z
          .looseObject({
            $: z.looseObject({ matchers: z.array(z.looseObject({ status: statusRuleSchema })) }).optional(),
          })
          .optional(),
      })
      .optional(),
    generators: z
      .looseObject({
        body: z.record(z.string(), z.looseObject({ type: z.string(), expression: z.string().optional() })).optional(),
      })
      .optional(),
  }),
  request: z.looseObject({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.unknown()).optional(),
    body: z.looseObject({ content: z.unknown().optional() }).optional(),
  }),
});
type RawInteraction = z.infer<typeof interactionSchema>;

const pactSchema = z.looseObject({
  consumer: z.looseObject({ name: z.string() }),
  provider: z.looseObject({ name: z.string() }),
  interactions: z.array(interactionSchema),
});

/** One interaction of one consumer. */
export interface Interaction {
  /** Unique over all pacts of a verification: our name for it on the wire and in the verifier's results. */
  readonly key: string;
  readonly consumer: string;
  readonly description: string;
  /** Requirement ids, from `.reference('requirement', id, …)`. */
  readonly requirements: readonly string[];
  readonly raw: RawInteraction;
}

/** The header by which the recording proxy knows an interaction; it never reaches the provider. */
export const KEY_HEADER = 'X-Assay-Interaction';
/** The state parameter by which the state server knows it. */
export const KEY_PARAM = 'assayInteraction';

/**
 * Reads a pact. Throws when it is no pact of specification 4, has no interactions (a verifier would pass it) or has one
 * that decides no requirement. `prefix` makes the keys unique when there are several pacts.
 */
export function readPact(text: string, prefix: string): Interaction[] {
  const pact = pactSchema.parse(JSON.parse(text));
  if (pact.interactions.length === 0) throw new Error(`the pact of ${pact.consumer.name} has no interactions`);
  return pact.interactions.map((raw, index) => {
    const requirements = Object.keys(raw.comments?.references?.requirement ?? {});
    if (requirements.length === 0) throw new Error(`the interaction "${raw.description}" names no requirement`);
    const { name: consumer } = pact.consumer;
    return { key: `${prefix}${index}`, consumer, description: raw.description, requirements, raw };
  });
}

/**
 * The pact that the verifier is given: these interactions, each marked with its key so that what goes over the wire can be
 * told apart, and none of them pending (a pending interaction that fails passes).
 */
export function markedPact(interactions: readonly Interaction[], provider: string): string {
  return JSON.stringify({
    consumer: { name: 'assay' },
    provider: { name: provider },
    interactions: interactions.map(({ key, raw }) => ({
      ...raw,
      key,
      pending: false,
      providerStates: raw.providerStates.map((state) => ({ ...state, params: { ...state.params, [KEY_PARAM]: key } })),
      request: { ...raw.request, headers: { ...raw.request.headers, [KEY_HEADER]: [key] } },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  });
}
