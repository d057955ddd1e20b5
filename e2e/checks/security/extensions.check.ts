import type { Context } from '../../support/context.ts';
import { readJwt } from '../../support/jwt.ts';
import { expectPowerless, type Forgery } from '../../support/powerless.ts';
import { requirement } from '../../support/requirement.ts';

requirement(
  'USR-SEC-025',
  'nobody is made or changed when the token has an extension that nobody knows',
  { needs: ['forge'] },
  (context) =>
    expectPowerless(context, {
      'an unknown extension': signedWith(context, { crit: ['urn:assay:unknown'], 'urn:assay:unknown': true }),
      'an unknown extension that is not there': signedWith(context, { crit: ['urn:assay:absent'] }),
      'a payload that is said not to be encoded': signedWith(context, { crit: ['b64'], b64: false }),
      'extensions that are no list': signedWith(context, { crit: 'urn:assay:unknown', 'urn:assay:unknown': true }),
    }),
);

/** A token of the issuer, good but for these members of its header. */
const signedWith =
  ({ mint }: Context, members: object): Forgery =>
  async (person) => {
    const { header, claims } = readJwt(await mint.accessToken(person));
    return mint.rawSign(JSON.stringify({ ...header, ...members }), JSON.stringify(claims), 'RS256');
  };
