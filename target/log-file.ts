import { once } from 'node:events';
import { closeSync, createWriteStream, fstatSync, openSync, readFileSync, readSync, type WriteStream } from 'node:fs';
import { redact } from './protocol/redact.ts';

/** A report shows the last of a log, this many bytes. */
const SHOWN_BYTES = 64 * 1024;

/** The file that a target's output goes to. The target writes to it itself, so nothing is lost when we die. */
export class LogFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    closeSync(openSync(path, 'a', 0o600));
  }

  /** An opened file to hand to a child; the caller destroys its own side. */
  async open(): Promise<WriteStream> {
    const stream = createWriteStream(this.path, { flags: 'a' });
    await once(stream, 'open');
    return stream;
  }

  /** The end of what was written, redacted. */
  tail(bytes = SHOWN_BYTES): string {
    const file = openSync(this.path, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, bytes));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      const text = redact(buffer.toString('utf8'));
      return size > bytes ? `[the first ${size - bytes} bytes are left out]\n${text}` : text;
    } finally {
      closeSync(file);
    }
  }

  /** Whether this text stands anywhere in it. */
  includes(text: string): boolean {
    return readFileSync(this.path).includes(text);
  }
}
