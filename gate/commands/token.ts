import type { Command } from 'commander';
import { discoverIssuer } from '../../target/discover.ts';
import { openMint } from '../../target/mint.ts';
import { buildPerson, type Person } from '../../target/person.ts';

/** `assay token`: mints a good OAuthToken by hand, from an issuer that `assay serve` runs. */
export function addToken(program: Command): void {
  program
    .command('token')
    .description('print an OAuthToken as JSON, minted by the issuer that `assay serve` runs')
    .requiredOption('--issuer-url <url>', 'the issuer')
    .option('--subject <subject>', 'whose token (default: somebody new)')
    .option('--name <name>', 'the name claim')
    .option('--email <address>', 'the email claim')
    .action(async ({ issuerUrl, ...person }: { issuerUrl: string } & Partial<Person>) => {
      const mint = await openMint(await discoverIssuer(issuerUrl));
      process.stdout.write(`${JSON.stringify(await mint.signIn(buildPerson('byhand', person)))}\n`);
    });
}
