import { randomBytes, randomInt } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { afterEach, describe, expect, it } from 'vitest';
import { enterCode, hostCode, type MeetOptions } from './meet.js';
import { openHostileMailbox, type Echo, type Meddle, type Said } from './testing/hostile-mailbox.js';
import type { Wormhole } from './wormhole.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Met {
  readonly sender: Promise<Wormhole>;
  readonly receiver: Promise<Wormhole>;
  /** Ends both sides' waits. */
  giveUp(): void;
}

/** Two sides with the same code, and a server between them that meddles. */
async function meetThrough(meddle: Meddle, echo?: Echo): Promise<Met> {
  const server = await openHostileMailbox(meddle, echo);
  const end = new AbortController();
  closers.push(() => server.close());
  const options: MeetOptions = {
    url: server.url,
    appId: 'test',
    versions: {},
    randomBytes,
    random: Math.random,
    signal: end.signal,
  };
  let settle: { resolve: (met: Wormhole) => void; reject: (error: unknown) => void };
  const sender = new Promise<Wormhole>((resolve, reject) => (settle = { resolve, reject }));
  const hosted = await hostCode({
    ...options,
    form: { words: 2, language: 'en' },
    randomInt: (below) => randomInt(below),
    many: false,
    onMet: (wormhole) => {
      settle.resolve(wormhole);
    },
    onWrong: () => {
      settle.reject(new EnxameError('code-wrong'));
    },
    onEnd: (error) => {
      settle.reject(error);
    },
  });
  const receiver = enterCode({ ...options, code: hosted.code });
  for (const each of [sender, receiver]) each.catch(() => undefined); // looked at when it is time
  end.signal.addEventListener('abort', () => {
    settle.reject(new EnxameError('cancelled'));
  });
  closers.push(() => {
    end.abort();
    return Promise.resolve();
  });
  return {
    sender,
    receiver,
    giveUp: () => {
      end.abort();
    },
  };
}

const same: Meddle = (said) => [said];
const flip = (body: string): string => `${body.slice(0, -1)}${body.endsWith('0') ? '1' : '0'}`;
const isNumbered = ({ phase }: Said): boolean => /^\d+$/.test(phase);

describe('W2: whoever sits in the place of the server', () => {
  it('sees two sides agree when it changes nothing', async () => {
    const { sender, receiver } = await meetThrough(same);
    const [one, other] = await Promise.all([sender, receiver]);
    expect(one.verifier).toEqual(other.verifier);
    one.send({ hello: 1 });
    expect(await other.receive()).toEqual({ hello: 1 });
  });

  it('keeps them apart by dropping a message, and nothing is believed meanwhile', async () => {
    let dropped: () => void = () => undefined;
    const isDropped = new Promise<void>((resolve) => (dropped = resolve));
    const met = await meetThrough((said) => {
      if (said.phase !== 'version') return [said];
      dropped();
      return [];
    });
    await isDropped;
    met.giveUp();
    await expect(met.receiver).rejects.toMatchObject({ code: 'cancelled' });
    await expect(met.sender).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.each<[string, Meddle]>([
    ['a changed byte of a proof', (said) => [said.phase === 'version' ? { ...said, body: flip(said.body) } : said]],
    ['a proof under the name of another side', (said) => [said.phase === 'version' ? { ...said, side: 'ffff' } : said]],
    ['an exchange of its own in place of theirs', () => []],
  ])('ends the exchange with %s', async (what, meddle) => {
    const own = what.startsWith('an exchange') ? swapExchange() : meddle;
    const { sender, receiver } = await meetThrough(own);
    await expect(receiver).rejects.toMatchObject({ code: 'code-wrong' });
    await expect(sender).rejects.toMatchObject({ code: 'code-wrong' });
  });

  it('W11 is refused when it gives each side its own exchange back', async () => {
    const { receiver } = await meetThrough(
      (said) => (said.phase === 'pake' ? [] : [said]),
      (said) => (said.phase === 'pake' ? [said, { ...said, side: 'ffff' }] : [said]),
    );
    await expect(receiver).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('is not heard twice when it repeats, and changes no order when it delays', async () => {
    let held: Said | undefined;
    const { sender, receiver } = await meetThrough((said) => {
      if (!isNumbered(said)) return [said, said];
      if (said.phase !== '0') return held ? [said, held, said, held] : [said];
      held = said;
      return [];
    });
    const [one, other] = await Promise.all([sender, receiver]);
    for (const number of [0, 1, 2]) one.send({ number });
    const heard = [await other.receive(), await other.receive(), await other.receive()];
    expect(heard).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }]);
  });

  it.each<[string, Meddle]>([
    [
      'swaps the numbers of two messages',
      (said) => [isNumbered(said) ? { ...said, phase: String(1 - Number(said.phase)) } : said],
    ],
    ['changes a byte', (said) => [isNumbered(said) ? { ...said, body: flip(said.body) } : said]],
    [
      'writes a message of its own',
      (said) => (said.phase === 'version' ? [said, { side: said.side, phase: '0', body: '00'.repeat(60) }] : [said]),
    ],
  ])('ends the channel when it %s', async (_, meddle) => {
    const { sender, receiver } = await meetThrough(meddle);
    const [one, other] = await Promise.all([sender, receiver]);
    one.send({ number: 0 });
    one.send({ number: 1 });
    await expect(other.receive()).rejects.toMatchObject({ code: 'code-wrong' });
  });
});

/** A well-formed message of the exchange, of somebody who does not know the code. */
function swapExchange(): Meddle {
  // The base point of the curve: an element of the group that nobody blinded.
  const body = Buffer.from(JSON.stringify({ pake_v1: `5358${'66'.repeat(31)}` })).toString('hex');
  return (said) => [said.phase === 'pake' ? { ...said, body } : said];
}
