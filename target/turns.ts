import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * So many connections are opened in one turn of the event loop, and the next turn sends what they are for. Three hundred at once would be
 * open and silent for as long as it takes to make three hundred requests: seconds on a busy machine, and a server may rightly close
 * them by then.
 */
const OPENED_A_TURN = 25;

let opened = 0;

/** Resolves when it is the caller's turn to open a connection. */
export async function takeTurn(): Promise<void> {
  while (opened >= OPENED_A_TURN) await nextTurn();
  opened += 1;
  if (opened === 1)
    setImmediate(() => {
      opened = 0;
    });
}
