import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { MailboxServerMessage } from '@enxame/shared/mailbox/server-messages';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../domain/clock.js';
import { createMailboxApplications, type MailboxApplications } from '../domain/mailbox-applications.js';
import { createMailboxSession } from './mailbox-session.js';

const clock: Clock = { now: () => 0, after: () => () => undefined };
let ids = 0;
const createApplications = (): MailboxApplications =>
  createMailboxApplications({ clock, random: () => 0.5, randomId: () => `mailbox-${String(++ids)}` });

/** A client that says these things, and what it was answered. */
async function talk(
  applications: MailboxApplications,
  messages: readonly unknown[],
  countClaim = (): Promise<void> => Promise.resolve(),
): Promise<MailboxServerMessage[]> {
  const answers: MailboxServerMessage[] = [];
  const send = (message: MailboxServerMessage): void => void answers.push(message);
  const session = createMailboxSession({
    applications,
    countClaim,
    send,
    onInternal: (error) => {
      throw error;
    },
  });
  for (const message of messages) await session.receive(JSON.stringify(message));
  return answers.filter(({ type }) => type !== 'ack');
}

const bind = (side: string): unknown => ({ type: 'bind', appid: 'test', side });

describe('W3: whoever looks for codes', () => {
  it('is shown none, however many there are', async () => {
    const applications = createApplications();
    await talk(applications, [bind('a'), { type: 'allocate' }]);
    await talk(applications, [bind('b'), { type: 'allocate', many: true }]);
    const answers = await talk(applications, [bind('c'), { type: 'list' }]);
    expect(answers).toEqual([{ type: 'nameplates', nameplates: [] }]);
  });

  it('is crowded out when it has tried as many numbers as an address may, and has claimed nothing then', async () => {
    const applications = createApplications();
    const refuse = (): Promise<void> => Promise.reject(new EnxameError('rate-limited'));
    const before = applications.get('test').nameplates.size;
    const answers = await talk(
      applications,
      [bind('c'), { type: 'claim', nameplate: '4' }, { type: 'allocate' }],
      refuse,
    );
    expect(answers).toMatchObject([
      { type: 'error', error: 'crowded' },
      { type: 'error', error: 'crowded' },
    ]);
    expect(applications.get('test').nameplates.size).toBe(before);
  });

  it('cannot claim a second number over the same connection', async () => {
    const messages = [bind('c'), { type: 'claim', nameplate: '4' }, { type: 'claim', nameplate: '5' }];
    const answers = await talk(createApplications(), messages);
    expect(answers).toMatchObject([{ type: 'claimed' }, { type: 'error', error: 'bad-request' }]);
  });
});
