import { describe, expect, it } from 'vitest';
import { toAddressGroup } from './address-group.js';

describe('toAddressGroup', () => {
  it.each([
    ['192.168.1.2', '192.168.1.2'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('T14: counts %s as %s', (host, group) => {
    expect(toAddressGroup(host)).toBe(group);
  });
});
