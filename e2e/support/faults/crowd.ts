import { times } from '../times.ts';
import { RawConnection } from './raw-connection.ts';

/** Many connections to one target that do the same. */
export class Crowd implements Disposable {
  readonly #connections: readonly RawConnection[];

  private constructor(connections: readonly RawConnection[]) {
    this.#connections = connections;
  }

  /** Opens as many connections as the server takes of so many, all at once. */
  static async open(baseUrl: string, size: number): Promise<Crowd> {
    const connections = await times(size, () => RawConnection.open(baseUrl));
    return new Crowd(connections.filter((connection) => connection !== undefined));
  }

  get size(): number {
    return this.#connections.length;
  }

  /** What each of them does; resolves when all have. */
  async each(act: (connection: RawConnection, at: number) => unknown): Promise<void> {
    await Promise.all(this.#connections.map(async (connection, at) => act(connection, at)));
  }

  /** Resolves when the first of them is over. */
  get thinned(): Promise<void> {
    return Promise.race(this.#connections.map(({ over }) => over));
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection[Symbol.dispose]();
  }
}
