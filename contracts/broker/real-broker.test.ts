import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { execaNode } from 'execa';
import { PYTHON_CONSUMER, TYPESCRIPT_CONSUMER } from '../participants.ts';
import { openBrokerSource } from './broker-source.ts';
import { readBrokerSettings } from './settings.ts';

const PROGRAM = new URL('./main.ts', import.meta.url).pathname;
const broker = readBrokerSettings(process.env);
const testWithBroker = broker ? test : test.skip;

const assayContracts = async (...words: string[]): Promise<number | undefined> =>
  (await execaNode(PROGRAM, words, { reject: false })).exitCode;

describe(`a real Pact Broker${broker ? '' : ' (skipped: PACT_BROKER_BASE_URL is not set)'}`, () => {
  testWithBroker(
    'lets a provider be deployed once it has satisfied the pacts of the deployed consumers',
    async () => {
      const version = randomUUID();
      const at = ['--version', version, '--environment', 'test'];
      expect(await assayContracts('publish', '--version', version, '--branch', 'main')).toBe(0);
      for (const consumer of [TYPESCRIPT_CONSUMER, PYTHON_CONSUMER]) {
        expect(await assayContracts('record-deployment', ...at, '--pacticipant', consumer)).toBe(0);
      }
      const source = await openBrokerSource(
        { ...broker!, provider: { version, branch: 'main' } },
        { kind: 'url', url: 'http://127.0.0.1:1000' },
      );

      expect(await assayContracts('can-i-deploy', ...at)).toBe(1);
      const passed = { name: 'n', outcome: 'pass', durationMs: 1 } as const;
      await source.publish(new Map(source.interactions.map(({ key }) => [key, passed])));

      expect(await assayContracts('can-i-deploy', ...at)).toBe(0);
      expect(await assayContracts('record-release', ...at)).toBe(0);
    },
    120_000,
  );
});
