import { fileURLToPath } from 'node:url';
import { execaNode } from 'execa';
import { z } from 'zod';
import type { Ledger } from '../../target/ledger.ts';

/** What the verifier is asked; the names are those of pact-core's options. */
export interface VerifierRequest {
  readonly providerBaseUrl: string;
  readonly providerStatesSetupUrl: string;
  readonly pactUrls: string[];
  readonly provider: string;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

const mismatchSchema = z.looseObject({
  type: z.string(),
  mismatch: z.string().optional(),
  path: z.string().optional(),
  expected: z.unknown().optional(),
  actual: z.unknown().optional(),
});
export type Mismatch = z.infer<typeof mismatchSchema>;

const resultSchema = z.looseObject({
  interactionKey: z.string(),
  result: z.enum(['OK', 'Error']),
  mismatch: z
    .looseObject({ type: z.string(), message: z.string().optional(), mismatches: z.array(mismatchSchema).optional() })
    .optional(),
});

/** What the verifier says of one interaction. */
export type VerifierResult = z.infer<typeof resultSchema>;

const outputSchema = z.looseObject({ result: z.boolean(), interactionResults: z.array(resultSchema) });

const PROGRAM = fileURLToPath(new URL('./verify-pact.ts', import.meta.url));

/**
 * Runs the verifier in a child process and reads what it says of each interaction, by key. Rejects when it has not ended
 * after `limitMs`, has crashed, or has said nothing that can be read.
 */
export async function runVerifier(
  request: VerifierRequest,
  options: { readonly limitMs: number; readonly ledger: Ledger; readonly signal?: AbortSignal | undefined },
): Promise<Map<string, VerifierResult>> {
  const child = execaNode(PROGRAM, {
    // Nothing of the caller's: PACT_DESCRIPTION and its kin filter interactions away, HTTP_PROXY leads requests elsewhere.
    env: { PACT_DO_NOT_TRACK: '1' },
    extendEnv: false,
    nodeOptions: ['--disable-warning=ExperimentalWarning'],
    ipc: true,
    ipcInput: request as unknown as Record<string, never>,
    timeout: options.limitMs,
    killSignal: 'SIGKILL',
    ...(options.signal && { cancelSignal: options.signal }),
    reject: false,
    all: true,
  });
  if (child.pid) options.ledger.recordProcess(child.pid);
  const { ipcOutput, timedOut, exitCode, signal, all } = await child;
  if (child.pid) options.ledger.forgetProcess(child.pid);
  if (timedOut) throw new Error(`the verifier did not end within ${options.limitMs} ms`);
  const [json] = ipcOutput;
  if (typeof json !== 'string') {
    throw new Error(`the verifier ended with ${signal ?? exitCode} and said nothing: ${tail(all)}`);
  }
  return readOutput(json);
}

function readOutput(json: string): Map<string, VerifierResult> {
  let output: unknown;
  try {
    output = JSON.parse(json);
  } catch {
    throw new Error(`the verifier could not run: ${json}`);
  }
  const { interactionResults } = outputSchema.parse(output);
  return new Map(interactionResults.map((result) => [result.interactionKey, result]));
}

const tail = (text: string | undefined): string => (text ?? '').trim().split('\n').slice(-5).join(' | ');
