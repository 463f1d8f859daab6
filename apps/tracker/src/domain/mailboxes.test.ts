import { maxMessagesPerMailbox } from '@enxame/shared/mailbox/limits';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { createMailboxes, maxMailboxes, type MailboxMessage } from './mailboxes.js';
import { absenceMs } from './nameplates.js';

const clock = createFakeClock();
const open = () => createMailboxes({ clock, randomId: () => 'unguessable' });
const nobody = (): void => undefined;

describe('mailboxes', () => {
  it('W4 tell both sides what each says, also what was said before they came', () => {
    const mailboxes = open();
    const heard: Record<string, MailboxMessage[]> = { ana: [], rui: [] };
    const ana = mailboxes.open('m', 'ana', (message) => heard['ana']?.push(message));
    ana.add('pake', '00');
    const rui = mailboxes.open('m', 'rui', (message) => heard['rui']?.push(message));
    rui.add('pake', '01');
    const said = [
      { side: 'ana', phase: 'pake', body: '00' },
      { side: 'rui', phase: 'pake', body: '01' },
    ];
    expect(heard).toEqual({ ana: said, rui: said });
  });

  it('W4 refuse a third side', () => {
    const mailboxes = open();
    mailboxes.open('m', 'ana', nobody);
    mailboxes.open('m', 'rui', nobody);
    expect(() => mailboxes.open('m', 'eve', nobody)).toThrow('rate-limited');
  });

  it('W6 take a message once, however often a client that lost its connection says it', () => {
    const mailboxes = open();
    const heard: string[] = [];
    mailboxes.open('m', 'rui', ({ body }) => heard.push(body));
    mailboxes.open('m', 'ana', nobody).add('0', '00');
    mailboxes.open('m', 'ana', nobody).add('0', '00');
    mailboxes.open('m', 'ana', nobody).add('0', 'ff');
    expect(heard).toEqual(['00']);
  });

  it('W6 go with the last side that closes, and with the last that stays away', () => {
    const mailboxes = open();
    const ana = mailboxes.open('m', 'ana', nobody);
    mailboxes.open('m', 'rui', nobody).close();
    expect(mailboxes.size).toBe(1);
    ana.close();
    expect(mailboxes.size).toBe(0);
    mailboxes.open('n', 'ana', nobody).leave();
    clock.advance(absenceMs + 1);
    mailboxes.prune();
    expect(mailboxes.size).toBe(0);
  });

  it('W3 hold no more than so much', () => {
    const mailboxes = open();
    const ana = mailboxes.open('m', 'ana', nobody);
    for (let phase = 0; phase < maxMessagesPerMailbox; phase++) ana.add(String(phase), '00');
    expect(() => {
      ana.add('one more', '00');
    }).toThrow('too-large');
    for (let id = 1; id < maxMailboxes; id++) mailboxes.open(`m${String(id)}`, 'ana', nobody);
    expect(() => mailboxes.open('one more', 'ana', nobody)).toThrow('too-large');
  });
});
