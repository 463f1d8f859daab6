import { describe, expect, it } from 'vitest';
import { toLanUrls, toTrackerUrl } from './tracker-url.js';

const interfaces = [
  { address: '127.0.0.1', family: 'IPv4', internal: true },
  { address: '192.168.1.5', family: 'IPv4', internal: false },
  { address: 'fe80::1', family: 'IPv6', internal: false },
];

describe('the address of a tracker', () => {
  it.each([
    ['0.0.0.0', 'https://127.0.0.1:7667'],
    ['::', 'https://127.0.0.1:7667'],
    ['192.168.1.5', 'https://192.168.1.5:7667'],
    ['::1', 'https://[::1]:7667'],
    ['tracker.example.org', 'https://tracker.example.org:7667'],
  ])('of %s is %s', (host, url) => {
    expect(toTrackerUrl(host, 7667)).toBe(url);
  });

  it('for other computers is there when it listens everywhere', () => {
    expect(toLanUrls('0.0.0.0', 7667, interfaces)).toEqual(['https://192.168.1.5:7667']);
    expect(toLanUrls('127.0.0.1', 7667, interfaces)).toEqual([]);
  });
});
