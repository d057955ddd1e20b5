import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * - none: it works; - down: connections are refused
 * - hang: requests are taken and not answered; when it works again their connections are closed, as a restart closes them
 * - lost: requests are taken and never answered, not when it works again either: a firewall dropped their connections
 * - error: every answer is 503; - empty: every answer is 200 `{}`; - garbage: every answer is 200 with a body that is no JSON
 * - delayMs: every answer comes that much later, in milliseconds
 */
export type IssuerFault =
  | 'none'
  | 'down'
  | 'hang'
  | 'lost'
  | 'error'
  | 'empty'
  | 'garbage'
  | { readonly delayMs: number };

/** Answers as the fault has it; `well` answers where nothing is wrong with the answer itself. */
export async function answerWith(fault: IssuerFault, response: ServerResponse, well: () => void): Promise<void> {
  if (typeof fault === 'object') await sleep(fault.delayMs, undefined, { ref: false });
  switch (fault) {
    case 'hang':
    case 'lost':
      return;
    case 'error':
      return answer(response, 503, '{"error":"temporarily_unavailable"}');
    case 'empty':
      return answer(response, 200, '{}');
    case 'garbage':
      return answer(response, 200, '<html>garbage');
    default:
      well();
  }
}

function answer(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    .end(body);
}
