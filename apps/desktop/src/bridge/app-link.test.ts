import { describe, expect, it } from 'vitest';
import { maxLinkChars, parseAppLink } from './app-link.js';

const id = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('links from outside (docs/spec/app-links.md)', () => {
  it.each([
    [
      'enxame://code/7-abelha-vinho?at=tracker.example.org%3A7667',
      { kind: 'code', code: '7-abelha-vinho', at: 'tracker.example.org:7667' },
    ],
    ['enxame://code/7-abelha-vinho', { kind: 'code', code: '7-abelha-vinho', at: null }],
    ['enxame://code/7-f%C3%A9-p%C3%A3o/', { kind: 'code', code: '7-fé-pão', at: null }],
    ['enxame://code/7-a?at=[fd00::1]:7667', { kind: 'code', code: '7-a', at: '[fd00::1]:7667' }],
  ])('K1 reads the code link %s, and keeps it for the engine', (link, read) => {
    expect(parseAppLink(link)).toEqual({ ...read, link });
  });

  it.each([
    [
      'enxame://tracker/192.168.1.20:7667',
      { kind: 'tracker', address: '192.168.1.20:7667', seal: null, invitation: null },
    ],
    [
      'enxame://tracker/rede.example.org:443?seal=mel-trigo-farol-41&invitation=Ab_9-z',
      { kind: 'tracker', address: 'rede.example.org:443', seal: 'mel-trigo-farol-41', invitation: 'Ab_9-z' },
    ],
    [`enxame://share/localhost:1/${id}`, { kind: 'share', tracker: 'localhost:1', id }],
  ])('K1 reads %s', (link, read) => {
    expect(parseAppLink(link)).toEqual(read);
  });

  it.each([
    ['', 'nothing'],
    ['7-abelha-vinho', 'no link'],
    ['https://example.org/', 'another scheme'],
    ['javascript:alert(1)', 'a script'],
    ['ENXAME://code/7-a', 'another case: no system hands it over like that'],
    ['enxame:code/7-a', 'no slashes'],
    ['enxame://', 'no kind'],
    ['enxame://[code/7-a', 'no address'],
    ['enxame://other/7-a', 'a kind that is not known'],
    ['enxame://constructor/7-a', 'a property that every object has'],
    ['enxame://code/', 'no code'],
    ['enxame://code/7-a/8-b', 'two codes'],
    ['enxame://code/%ff', 'broken letters'],
    ['enxame://code/7-a%00', 'a control character'],
    ['enxame://code/7-a%E2%80%AEb', 'a character that turns the text around'],
    ['enxame://code/--help', 'what a program would take for a flag'],
    ['enxame://code/..%2F..%2Fetc%2Fpasswd', 'a path'],
    [`enxame://code/${'a'.repeat(201)}`, 'a code longer than codes are'],
    ['enxame://code/7-a?at=javascript:1//x', 'a place that is none'],
    ['enxame://code/7-a?at=ana@example.org:7667', 'a user in the place'],
    ['enxame://code/7-a?at=example.org', 'a place without a port'],
    ['enxame://code/7-a?at=example.org:65536', 'a port that is none'],
    ['enxame://code/7-a?at=example.org:0', 'port 0'],
    ['enxame://code/7-a?at=a:1&at=b:2', 'two places'],
    ['enxame://code/7-a?to=a:1', 'a word that is not known'],
    ['enxame://code/7-a#x', 'a fragment'],
    ['enxame://ana@code/7-a', 'a user'],
    ['enxame://code:80/7-a', 'a port of its own'],
    ['enxame://tracker/', 'no address'],
    ['enxame://tracker/example.org', 'no port'],
    ['enxame://tracker/-x.example.org:7667', 'no host name'],
    ['enxame://tracker/a:1?seal=<b>', 'a seal that is none'],
    ['enxame://tracker/a:1?invitation=a%20b', 'an invitation that is none'],
    ['enxame://tracker/a:1/b', 'more than an address'],
    ['enxame://share/a:1', 'no link id'],
    ['enxame://share/a:1/short', 'no link id'],
    [`enxame://share/a:1/${id}/more`, 'more than a link id'],
    [`enxame://share/a:1/${id}?download=1`, 'a word that is not known'],
    [`enxame://code/7-a?at=a:1${' '.repeat(maxLinkChars)}`, 'longer than links are'],
  ])('K2 refuses %j: %s', (link) => {
    expect(parseAppLink(link)).toBeUndefined();
  });
});
