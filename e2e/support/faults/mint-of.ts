import type { Issuer } from '../../../target/issuer.ts';
import { KeyMint } from '../../../target/key-mint.ts';
import type { Mint } from '../../../target/mint.ts';

/** Mints with the keys that the issuer has at that moment, whether it answers or not. */
export function mintOf(issuer: Issuer): Mint {
  const now = () => new KeyMint(issuer.source);
  return {
    can: now().can,
    signIn: (...of) => now().signIn(...of),
    accessToken: (...of) => now().accessToken(...of),
    publicKeys: () => now().publicKeys(),
    rawSign: (...of) => now().rawSign(...of),
  };
}
