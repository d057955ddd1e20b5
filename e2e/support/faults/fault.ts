/** What goes wrong on a link, in Toxiproxy's words. Source: its README, "Toxics". */
export interface Fault {
  readonly type: 'latency' | 'slicer' | 'limit_data' | 'reset_peer' | 'timeout';
  readonly attributes: Readonly<Record<string, number>>;
}

/**
 * Eight bytes at a time, 50 µs apart: without a pause the kernel puts them together again, and single bytes take a busy machine
 * longer than a server's time limit allows.
 */
export const BIT_BY_BIT: Fault = { type: 'slicer', attributes: { average_size: 8, size_variation: 0, delay: 50 } };

/** Everything comes 150 ms later. */
export const FAR_AWAY: Fault = { type: 'latency', attributes: { latency: 150, jitter: 0 } };

/** The connection is closed after so many bytes. */
export const cutAfter = (bytes: number): Fault => ({ type: 'limit_data', attributes: { bytes } });

/** The first byte that comes resets the connection, both ways, and is lost. Counts for connections opened after it. */
export const RESET: Fault = { type: 'reset_peer', attributes: { timeout: 0 } };

/** Nothing gets through, and nobody is told. */
export const DEAD: Fault = { type: 'timeout', attributes: { timeout: 0 } };
