import { type Answer, Client, type SendOptions } from '../../target/http.ts';
import { PATIENT_MS } from './patience.ts';

/** A client that tells of every user it makes, whichever way the request was sent. */
export class RecordingClient extends Client {
  readonly #onUser: (id: string) => void;

  constructor(baseUrl: () => string, onUser: (id: string) => void, timeoutMs = PATIENT_MS) {
    super(baseUrl, timeoutMs);
    this.#onUser = onUser;
  }

  override async send(method: string, path: string, options?: SendOptions): Promise<Answer> {
    const answer = await super.send(method, path, options);
    const id =
      method === 'POST' && answer.status < 300 && !path.endsWith('/disconnect') ? idIn(answer.text) : undefined;
    if (id) this.#onUser(id);
    return answer;
  }
}

function idIn(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text);
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
