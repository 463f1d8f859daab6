import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { Mood } from '@enxame/shared/mailbox/client-messages';
import { createCode, type Code, type CodeForm } from './codes/code.js';
import { openMailboxLink, type MailboxLink } from './mailbox/mailbox-link.js';
import { createWormhole, type Wormhole, type WormholeEnds } from './wormhole.js';

export interface MeetOptions {
  /** The mailbox server: ws: or wss:, with its path. */
  readonly url: string;
  readonly appId: string;
  readonly versions: Readonly<Record<string, unknown>>;
  readonly randomBytes: (count: number) => Uint8Array;
  /** From 0 up to 1, for the jitter of connecting again. */
  readonly random: () => number;
  /** Ends everything, at any time. */
  readonly signal: AbortSignal;
}

/** A code that is good until it is closed. Each who says it right comes through `onMet`, one after the other or at once. */
export interface HostedCode {
  readonly code: Code;
  /** Ours at the server: with it the code can be hosted again, after a restart. */
  readonly side: string;
  /** The server gives each receiver a mailbox; elsewhere they take turns. */
  readonly isForMany: boolean;
  /** No more receivers. Who is here stays. Twice without harm. */
  close(): Promise<void>;
}

/** A guesser who tries all words needs millions; somebody who misheard needs two. (docs/spec/codes.md, W32) */
export const maxWrongProofs = 5;
const sideBytes = 5;
const claimAgainMs = 250;
const maxClaims = 120;

/**
 * Takes a nameplate, makes a code, and waits for whoever says it. Throws what the link says before there is a code.
 * Afterwards: `onWrong` for each who said another code, and `onEnd` once, when the code is dead without being closed:
 * `code-ended` after `maxWrongProofs`, or what the server said.
 */
export async function hostCode(
  options: MeetOptions & {
    readonly form: CodeForm;
    readonly randomInt: (below: number) => number;
    /** Good for many; otherwise for the first one who comes, right or wrong. */
    readonly many: boolean;
    readonly onMet: (wormhole: Wormhole) => void;
    readonly onWrong: (left: number) => void;
    readonly onEnd: (error: EnxameError) => void;
    /** A code of an earlier run, whose nameplate the server still keeps for this side. */
    readonly again?: { readonly code: Code; readonly side: string; readonly wrong: number };
  },
): Promise<HostedCode> {
  // Each receiver listens to it; that they are many is no leak.
  setMaxListeners(0, options.signal);
  const { again } = options;
  let wrong = again?.wrong ?? 0;
  let isOver = false;
  const doors = new AbortController();
  const waiting = AbortSignal.any([options.signal, doors.signal]);
  /** Where nobody has proven the code yet: closed with the doors. */
  const empty = new Set<Room>();

  /** Those who came before the server had said that it is held again. */
  const early: string[] = [];
  let onKnock = (mailbox: string): void => void early.push(mailbox);
  const first = openRoom(options, (mailbox) => { onKnock(mailbox); }, again?.side); // prettier-ignore
  const { code, many } = again ? await holdAgain(again.code) : await take();
  const { nameplate } = code;
  onKnock = (mailbox) => void receive(openRoom(options), mailbox);
  for (const mailbox of early) onKnock(mailbox);
  if (!many) void takeTurns();

  async function take(): Promise<{ code: Code; many: boolean }> {
    const taken = await first.link.allocate({ many: options.many });
    return { code: createCode(taken.nameplate, options.form, options.randomInt), many: taken.many };
  }

  async function holdAgain(held: Code): Promise<{ code: Code; many: boolean }> {
    const { many: isForMany } = await first.link.claim(held.nameplate, { many: options.many });
    return { code: held, many: isForMany };
  }

  function end(error: EnxameError): void {
    if (isOver) return;
    void closeDoors('scary');
    options.onEnd(error);
  }

  async function closeDoors(mood: Mood): Promise<void> {
    isOver = true;
    doors.abort();
    for (const room of empty) room.ends.onError(new EnxameError('cancelled'));
    first.link.release();
    if (many) await first.link.close(mood);
  }

  async function receive(room: Room, mailbox: string): Promise<void> {
    empty.add(room);
    try {
      const wormhole = await room.ends.open(room.link, mailbox, code);
      empty.delete(room);
      options.onMet(wormhole);
    } catch (error) {
      empty.delete(room);
      if (isOver) return;
      if (!(error instanceof EnxameError)) throw error;
      if (error.code !== 'code-wrong') return; // somebody who came and left, or whose connection broke
      wrong++;
      options.onWrong(maxWrongProofs - wrong);
      if (wrong >= maxWrongProofs || !options.many) end(new EnxameError('code-ended'));
    }
  }

  /** For a server that knows two sides to a nameplate: it is claimed anew when somebody has come through it. */
  async function takeTurns(): Promise<void> {
    try {
      let room = first;
      let { mailbox } = await first.link.claim(nameplate);
      for (;;) {
        const meeting = receive(room, mailbox);
        await Promise.race([room.met, meeting]);
        room.link.release();
        if (!options.many || waiting.aborted) return;
        ({ room, mailbox } = await claimAgain());
      }
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      end(error);
    }
  }

  /** Until the last one has let go of the nameplate, too, the server calls it crowded. */
  async function claimAgain(): Promise<{ room: Room; mailbox: string }> {
    for (let attempt = 1; ; attempt++) {
      const room = openRoom(options);
      try {
        return { room, ...(await room.link.claim(nameplate)) };
      } catch (error) {
        await room.link.close('errory');
        if (!isErrorWithCode(error, 'code-busy') || attempt === maxClaims) throw error;
        await wait(claimAgainMs, undefined, { signal: waiting });
      }
    }
  }

  return {
    code,
    side: first.link.side,
    isForMany: many,
    close: async () => {
      if (!isOver) await closeDoors('happy');
    },
  };
}

/** Whoever made a code answers at once, unless its program is just being started again. */
const enterPatienceMs = 30_000;

/**
 * Says a code, and waits for who made it. Throws `code-wrong` when the other side has another, or nobody is there in time
 * (a number that was misheard, a code that is dead); `code-busy` when two are at it already, `tracker-unreachable`, `cancelled`.
 */
export async function enterCode(
  options: MeetOptions & { readonly code: Code; readonly patienceMs?: number },
): Promise<Wormhole> {
  const room = openRoom(options);
  const patience = setTimeout(() => {
    room.ends.onError(new EnxameError('code-wrong'));
  }, options.patienceMs ?? enterPatienceMs);
  void room.met.then(() => {
    clearTimeout(patience);
    room.link.release();
  });
  try {
    const { mailbox } = await room.link.claim(options.code.nameplate);
    return await room.ends.open(room.link, mailbox, options.code);
  } finally {
    clearTimeout(patience);
  }
}

interface Room {
  readonly ends: WormholeEnds;
  readonly link: MailboxLink;
  /** Somebody else is in it. */
  readonly met: Promise<void>;
}

function openRoom(options: MeetOptions, onKnock?: (mailbox: string) => void, ownSide?: string): Room {
  const { url, appId, randomBytes, random, signal } = options;
  const side = ownSide ?? Buffer.from(randomBytes(sideBytes)).toString('hex');
  let onMet: () => void = () => undefined;
  const met = new Promise<void>((resolve) => {
    onMet = resolve;
  });
  const ends = createWormhole({ ...options, onMet });
  const link = openMailboxLink({ url, appId, side, random, signal, ...ends, ...(onKnock && { onKnock }) });
  return { ends, link, met };
}
