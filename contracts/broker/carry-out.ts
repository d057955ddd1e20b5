import { fileURLToPath } from 'node:url';
import { redact } from '../../target/protocol/redact.ts';
import { PYTHON_CONSUMER, TYPESCRIPT_CONSUMER } from '../participants.ts';
import { readAnswer } from './answer.ts';
import { argumentsOf, type CommandName, type Said } from './commands.ts';
import { readRevision } from './git.ts';
import { runPactCli } from './pact-cli.ts';
import { askBroker } from './reach.ts';
import type { BrokerSettings } from './settings.ts';

const PACTS = fileURLToPath(new URL('../pacts', import.meta.url));

/** How a command ended: 0 done or yes, 1 the broker says no, 2 we could not tell. */
export interface Ended {
  readonly exitCode: 0 | 1 | 2;
  readonly text: string;
}

/** Carries out one command. Rejects with a `UsageError` when something is missing, with `BrokerUnreachable` when nobody answers. */
export async function carryOut(command: CommandName, said: Said, broker: BrokerSettings): Promise<Ended> {
  const words = argumentsOf(command, said, await readRevision(checkoutOf(command, said)), PACTS);
  await askBroker(broker, '/'); // says in one line what pact-cli would retry and print twice
  const { exitCode, output } = await runPactCli(words, broker);
  const text = redact(output);
  if (command !== 'can-i-deploy') return { exitCode: exitCode === 0 ? 0 : 2, text };
  const answer = readAnswer(output);
  if (!answer) return { exitCode: 2, text: text || 'the broker gave no answer' };
  return { exitCode: answer.deployable ? 0 : 1, text: redact(answer.text) };
}

/** Where the version comes from: a consumer's is that of the pacts, the provider's that of the folder one works in. */
function checkoutOf(command: CommandName, { pacticipant }: Said): string {
  const isConsumer = command === 'publish' || pacticipant === TYPESCRIPT_CONSUMER || pacticipant === PYTHON_CONSUMER;
  return isConsumer ? PACTS : process.cwd();
}
