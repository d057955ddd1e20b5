import { describe, expect, test } from '@jest/globals';
import { markedPact, readPact } from './pact-file.ts';

const interaction = {
  type: 'Synchronous/HTTP',
  description: 'the snapshot',
  comments: { references: { requirement: { 'USR-SNAP-001': 'decides' } } },
  request: { method: 'GET', path: '/users' },
  response: { status: 200 },
};

const pactOf = (...interactions: object[]) =>
  JSON.stringify({ consumer: { name: 'c' }, provider: { name: 'p' }, interactions });

describe('readPact', () => {
  test('reads the interactions with their requirements, each under a key of its own', () => {
    const read = readPact(pactOf(interaction, interaction), '3-');

    expect(read).toMatchObject([
      { key: '3-0', consumer: 'c', description: 'the snapshot', requirements: ['USR-SNAP-001'] },
      { key: '3-1' },
    ]);
  });

  test('refuses a pact without interactions, which a verifier passes', () => {
    expect(() => readPact(pactOf(), '0-')).toThrow('the pact of c has no interactions');
  });

  test('refuses an interaction that decides no requirement', () => {
    expect(() => readPact(pactOf({ ...interaction, comments: {} }), '0-')).toThrow('names no requirement');
  });

  test('refuses what is no pact of HTTP interactions', () => {
    expect(() => readPact('{"consumer":{"name":"c"}}', '0-')).toThrow();
    expect(() => readPact(pactOf({ ...interaction, type: 'Asynchronous/Messages' }), '0-')).toThrow();
  });
});

describe('markedPact', () => {
  test('marks every interaction with its key and leaves none pending', () => {
    const read = readPact(pactOf({ ...interaction, pending: true, providerStates: [{ name: 's' }] }), '0-');

    expect(JSON.parse(markedPact(read, 'users-api')).interactions).toMatchObject([
      {
        key: '0-0',
        pending: false,
        providerStates: [{ name: 's', params: { assayInteraction: '0-0' } }],
        request: { method: 'GET', path: '/users', headers: { 'X-Assay-Interaction': ['0-0'] } },
      },
    ]);
  });
});
