import pactCore from '@pact-foundation/pact-core';
import { getOneMessage, sendMessage } from 'execa';
import type { VerifierRequest } from './run-verifier.ts';

/**
 * The program that runs the native verifier, in a process of its own: native code that crashes, hangs or reads the
 * environment takes nothing of ours with it. One message in, the verifier's JSON out.
 */
// Node hands a CommonJS module over as the default export, and this one has a default of its own.
const { default: pact } = pactCore;

const request = (await getOneMessage()) as unknown as VerifierRequest;
const json = await pact
  .verifyPacts({ ...request, logLevel: 'error' })
  // A pact that does not hold rejects with an error whose message is the JSON; any other message is a crash.
  .catch((error: Error) => error.message);
await sendMessage(json);
