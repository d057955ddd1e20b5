import type { Profile } from '../profiles.ts';
import type { Interaction } from './pact-file.ts';

/** The interaction as clients of this profile would have it: a token carries the fields that they cannot leave out. */
export function asSentBy({ alwaysSent }: Profile, interaction: Interaction): Interaction {
  const { raw } = interaction;
  const { body } = raw.request;
  if (!isToken(body?.content)) return interaction;
  const content = { ...alwaysSent, ...body.content };
  return { ...interaction, raw: { ...raw, request: { ...raw.request, body: { ...body, content } } } };
}

const isToken = (content: unknown): content is Record<string, unknown> =>
  typeof content === 'object' && content !== null && 'access_token' in content;
