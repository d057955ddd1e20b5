import { describe, expect, test } from '@jest/globals';
import { gatewayOf, reachFrom } from './reach.ts';

describe('reachFrom', () => {
  test('is the loopback interface for a process', async () => {
    expect(await reachFrom({ kind: 'embedded' })).toEqual({ bind: '127.0.0.1', host: '127.0.0.1' });
  });
});

describe('gatewayOf', () => {
  test.each([
    ['the one that was configured', [{ Subnet: '10.1.0.0/16', Gateway: '10.1.7.1' }], '10.1.7.1'],
    ['the first address where none was', [{ Subnet: '172.17.0.0/16' }], '172.17.0.1'],
    ['the IPv4 one', [{ Subnet: 'fd00::/64', Gateway: 'fd00::1' }, { Subnet: '172.18.4.0/22' }], '172.18.4.1'],
    ['nothing without a subnet', [], undefined],
  ])('is %s', (_which, configs, gateway) => {
    expect(gatewayOf(configs)).toBe(gateway);
  });
});
