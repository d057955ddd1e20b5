import { connectTo } from './connect.ts';

/** Sends a whole POST and closes the connection at once, without waiting for an answer. */
export async function hangUpAfterPost(baseUrl: string, path: string, json?: string): Promise<void> {
  const socket = await connectTo(baseUrl);
  const { host } = new URL(baseUrl);
  const body = json ?? '';
  const type = json === undefined ? '' : 'Content-Type: application/json\r\n';
  const head = `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.on('error', () => {}); // the server may close first, or reset: both are what hanging up is about
  await new Promise<void>((resolve) => socket.write(head + body, () => resolve()));
  socket.destroy();
}
