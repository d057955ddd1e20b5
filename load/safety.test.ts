import { describe, expect, test } from '@jest/globals';
import { refuseLoad } from './safety.ts';

describe('load on a host', () => {
  test.each([
    'http://127.0.0.1:1000',
    'http://127.8.9.1',
    'http://[::1]:1000',
    'http://localhost:1000',
    'http://users.localhost',
    'http://2130706433',
  ])('is sent to %s', (url) => {
    expect(refuseLoad(url, [])).toBeUndefined();
  });

  test.each([
    'http://10.0.0.1',
    'https://example.com',
    'http://127.0.0.1.example.com',
    'http://0.0.0.0',
    'http://[::2]',
  ])('is refused for %s, and the reason names the flag and the host', (url) => {
    expect(refuseLoad(url, [])).toContain(`--allow-remote-load ${new URL(url).hostname}`);
  });

  test('is sent to a host that was named', () => {
    expect(refuseLoad('https://staging.example.com', ['staging.example.com'])).toBeUndefined();
  });

  test('is refused for another host than the one that was named', () => {
    expect(refuseLoad('https://example.com', ['staging.example.com'])).toBeDefined();
  });
});
