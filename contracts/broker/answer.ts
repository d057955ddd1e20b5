import { z } from 'zod';

const participantSchema = z.looseObject({ name: z.string(), version: z.looseObject({ number: z.string() }).nullish() });

/** The broker's matrix, as `pact broker can-i-deploy --output json` prints it. */
const answerSchema = z.looseObject({
  summary: z.looseObject({ deployable: z.boolean().nullable(), reason: z.string() }),
  matrix: z.array(
    z.looseObject({
      consumer: participantSchema,
      provider: participantSchema,
      verificationResult: z.looseObject({ success: z.boolean() }).nullish(),
    }),
  ),
});

/** What the broker says of a deployment. */
export interface Answer {
  readonly deployable: boolean;
  /** For a person: yes or no, the reason, and how each pact stands. */
  readonly text: string;
}

/**
 * Reads the broker's answer; undefined when the output holds none. Under `--output json` pact-cli ends with 0 for yes and for
 * no, under `table` with 1 for no and for every error: only the answer itself tells them apart.
 */
export function readAnswer(output: string): Answer | undefined {
  const parsed = answerSchema.safeParse(parseJson(output));
  if (!parsed.success) return undefined;
  const { summary, matrix } = parsed.data;
  // Null: a verification is missing. That is no "yes".
  const deployable = summary.deployable === true;
  const pacts = matrix.map(({ consumer, provider, verificationResult: result }) => {
    const verified = result ? (result.success ? 'verified' : 'failed') : 'not verified';
    return `  ${describe(consumer)} with ${describe(provider)}: ${verified}`;
  });
  return { deployable, text: [`${deployable ? 'yes' : 'no'}: ${summary.reason}`, ...pacts].join('\n') };
}

const describe = ({ name, version }: z.infer<typeof participantSchema>): string =>
  version ? `${name} ${version.number}` : name;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
