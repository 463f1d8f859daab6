/**
 * One more device of the same person: the first shows a code, and whoever says it is given the person's key, sealed under
 * what the code proves. Owns at most one code, of this run: nothing of it is ever on disk. (docs/spec/identity.md, I13)
 */
import { deviceCodeLifeMs } from '@enxame/shared/engine/identity-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Language } from '@enxame/shared/language';
import { parseCodeOrLink, toCodeLink } from '@enxame/wormhole/codes/code-link';
import { enterCode, hostCode, type MeetOptions } from '@enxame/wormhole/meet';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { z } from 'zod';
import { toRendezvous } from '../codes/mailbox-url.js';

/** Not that of files: a code for a device is nothing where files are received, and the other way round. */
const appId = 'enxame/device/v1';
/** One guess, of 33 bits. */
const codeWords = 3;
/** Two programs that have met are done in a moment. */
const exchangeMs = 60_000;
const maxWordsChars = 1000;
const maxDeviceNameChars = 100;

const helloSchema = z.object({ deviceName: z.string().max(maxDeviceNameChars) });
const keySchema = z.object({ words: z.string().max(maxWordsChars) });
const doneSchema = z.object({ done: z.literal(true) });

export interface DeviceInvitation {
  readonly code: string;
  /** With the place where the code is good. */
  readonly link: string;
  readonly expiresAt: number;
}

export interface DevicePairing {
  /** Takes the place of the code before. Throws `tracker-not-chosen`, `tracker-unreachable`. */
  invite(): Promise<DeviceInvitation>;
  /**
   * Resolves when the other device has the key. Throws `not-found` when there is no code, `code-ended` when it was guessed
   * at or ran out, `cancelled` when it was taken back, `other-side-left`.
   */
  joined(): Promise<{ readonly deviceName: string }>;
  /** Twice without harm. */
  takeBack(): Promise<void>;
  /** Says a code of another device, and resolves with the words of its person once `adopt` has. Throws `code-wrong`, `code-invalid`, and what `adopt` throws. */
  join<T>(code: string, adopt: (words: string) => Promise<T>): Promise<T>;
  readonly close: () => Promise<void>;
}

interface Invited {
  readonly done: Promise<{ readonly deviceName: string }>;
  readonly end: () => Promise<void>;
}

export function createDevicePairing(deps: {
  readonly recoveryWords: (language: Language) => readonly string[];
  readonly deviceName: () => string;
  readonly trackerUrl: () => string | undefined;
  readonly language: () => Language;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly randomInt: (below: number) => number;
  readonly random: () => number;
  readonly now: () => number;
}): DevicePairing {
  const closing = new AbortController();
  let invited: Invited | undefined;

  const meetAt = (place: string | undefined, signal: AbortSignal): MeetOptions => {
    if (place === undefined) throw new EnxameError('tracker-not-chosen');
    const { url } = toRendezvous(place, undefined);
    return { url, appId, versions: {}, randomBytes: deps.randomBytes, random: deps.random, signal };
  };

  async function give(wormhole: Wormhole): Promise<{ readonly deviceName: string }> {
    try {
      const { deviceName } = read(helloSchema, await wormhole.receive());
      wormhole.send({ words: deps.recoveryWords('en').join(' ') });
      read(doneSchema, await wormhole.receive());
      return { deviceName };
    } finally {
      await wormhole.close();
    }
  }

  async function takeBack(): Promise<void> {
    const before = invited;
    invited = undefined;
    await before?.end();
  }

  return {
    invite: async () => {
      await takeBack();
      const place = deps.trackerUrl();
      const abort = new AbortController();
      const options = meetAt(place, AbortSignal.any([closing.signal, abort.signal]));
      const { promise: done, resolve, reject } = withResolvers<{ readonly deviceName: string }>();
      done.catch(() => undefined); // told to whoever asks
      const hosted = await hostCode({
        ...options,
        form: { words: codeWords, language: deps.language() },
        randomInt: deps.randomInt,
        many: false,
        onMet: (wormhole) => {
          give(wormhole).then(resolve, reject);
        },
        onWrong: () => undefined, // the first wrong one ends it
        onEnd: reject,
      });
      /** Whoever has proven the code, and taken nothing yet, gets nothing any more. */
      const end = async (code: 'code-ended' | 'cancelled'): Promise<void> => {
        clearTimeout(expiry);
        reject(new EnxameError(code));
        await hosted.close();
        abort.abort();
      };
      const expiry = setTimeout(() => void end('code-ended'), deviceCodeLifeMs);
      invited = {
        done: done.finally(() => {
          clearTimeout(expiry);
        }),
        end: () => end('cancelled'),
      };
      invited.done.catch(() => undefined); // told to whoever asks
      const at = place === undefined ? undefined : new URL(place).host;
      return {
        code: hosted.code.text,
        link: toCodeLink(hosted.code, at),
        expiresAt: deps.now() + deviceCodeLifeMs,
      };
    },
    joined: () => invited?.done ?? Promise.reject(new EnxameError('not-found')),
    takeBack,
    join: async (typed, adopt) => {
      const { code, at } = parseCodeOrLink(typed);
      const place = at === undefined ? deps.trackerUrl() : `https://${at}`;
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(exchangeMs)]);
      const wormhole = await enterCode({ ...meetAt(place, signal), code });
      try {
        wormhole.send({ deviceName: deps.deviceName() });
        const { words } = read(keySchema, await wormhole.receive());
        const adopted = await adopt(words);
        wormhole.send({ done: true });
        return adopted;
      } finally {
        await wormhole.close();
      }
    },
    close: async () => {
      await takeBack();
      closing.abort();
    },
  };
}

/** Throws `bad-request`: the other side is no Enxame of this version. */
function read<T>(schema: z.ZodType<T>, message: unknown): T {
  const parsed = schema.safeParse(message);
  if (!parsed.success) throw new EnxameError('bad-request', undefined, { cause: parsed.error });
  return parsed.data;
}

function withResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
