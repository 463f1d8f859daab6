import { expect, it } from 'vitest';
import { toInviteLink } from './invite-link.js';

it('K1: an invitation link names the port, the usual one too', () => {
  expect(toInviteLink({ hostname: 'lab.example', port: '' }, 'mel-9')).toBe(
    'enxame://tracker/lab.example:443?invitation=mel-9',
  );
  expect(toInviteLink({ hostname: '[2001:db8::7]', port: '7667' }, 'mel-9')).toBe(
    'enxame://tracker/[2001:db8::7]:7667?invitation=mel-9',
  );
});
