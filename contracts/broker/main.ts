import { runBroker } from './program.ts';

/** `./assay contracts …`: answers go to stdout, whatever keeps us from one to stderr. */
const { exitCode, text } = await runBroker(process.argv.slice(2), process.env);
if (text !== '') {
  if (exitCode <= 1) console.log(text);
  else console.error(`assay: ${text}`);
}
process.exitCode = exitCode;
