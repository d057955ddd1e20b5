import type { Command } from 'commander';
import { openMint } from '../../target/mint.ts';
import { buildPerson } from '../../target/person.ts';
import { readConfig, type Surroundings } from '../config/read.ts';
import { UsageError } from '../errors.ts';
import { openTokens } from '../run/tokens.ts';

/** `assay token`: mints a good OAuthToken by hand, from an issuer that `assay serve` runs. */
export function addToken(program: Command, surroundings: Surroundings): void {
  program
    .command('token')
    .description('print an OAuthToken as JSON, minted by the issuer that `assay serve` runs')
    .requiredOption('--issuer-url <url>', 'the issuer')
    .option('--subject <subject>', 'whose token (default: somebody new)')
    .option('--name <name>', 'the name claim')
    .option('--email <address>', 'the email claim')
    .action(
      async ({ issuerUrl, ...person }: { issuerUrl: string; subject?: string; name?: string; email?: string }) => {
        const config = readConfig({ provider: issuerUrl, issuerUrl }, surroundings);
        await using tokens = await openTokens(config);
        if (tokens.source.kind !== 'remote')
          throw new UsageError(`--issuer-url ${issuerUrl}: no issuer answers there; start one with \`assay serve\``);
        const mint = await openMint(tokens.source);
        process.stdout.write(`${JSON.stringify(await mint.signIn(buildPerson('byhand', person)))}\n`);
      },
    );
}
