import type { Client } from '../../target/http.ts';

/** Where clients look for a server, by HEAD or GET. Source: users-api.md, "Facts about the real clients". */
export const HEALTH = '/.well-known/health';

export async function isHealthy(client: Client): Promise<boolean> {
  const { status } = await client.send('GET', HEALTH);
  return status === 200;
}
