import { PassThrough, pipeline } from 'node:stream';
import { extend, isAt } from '../../alterations/hooks.ts';
import type { Parts } from '../../parts.ts';
import type { Alteration } from '../../run.ts';
import type { Snapshots } from '../../snapshot.ts';

/** How far a body has come. */
export type Moment = 'chunk' | 'end' | 'cut off';

/** Reads the text of each sign-in beside the provider, and signs in with every token that `tokensIn` finds, once each. */
export const alsoSignsIn =
  (tokensIn: (text: string, moment: Moment) => readonly string[]): Alteration =>
  (parts, settings) => {
    let prepared: Snapshots | undefined;
    const signIn = async (token: string) => {
      parts.store.signIn(await parts.verify(token), parts.clock.now());
      prepared?.changed();
    };
    const tap = () => {
      let text = '';
      const done = new Set<string>();
      return async (moment: Moment, chunk = '') => {
        text += chunk;
        for (const token of tokensIn(text, moment)) {
          if (done.has(token)) continue;
          done.add(token);
          await signIn(token).catch(() => undefined);
        }
      };
    };
    const tapped = extend((app) => {
      app.addHook('preParsing', async (request, _reply, payload) => {
        if (!isAt(request, 'authenticate')) return payload;
        const look = tap();
        const copy = new PassThrough();
        payload.on('data', (chunk: Buffer) => void look('chunk', chunk.toString('latin1')));
        pipeline(payload, copy, (error) => void look(error ? 'cut off' : 'end'));
        return copy;
      });
    })(parts, settings);
    return {
      ...tapped,
      snapshots: (...given: Parameters<Parts['snapshots']>) => (prepared = parts.snapshots(...given)),
    };
  };
