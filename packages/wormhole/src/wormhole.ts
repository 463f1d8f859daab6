import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';
import { derivePhaseKey, deriveTransitKey, deriveVerifier } from './keys.js';
import type { Code } from './codes/code.js';
import type { MailboxLink, SealedMessage } from './mailbox/mailbox-link.js';
import { nonceBytes, openBox, sealBox } from './secret-box.js';
import { scalarSeedBytes, startSpake2, type Spake2 } from './spake2.js';

/** A small sealed channel to somebody who said the same code. For agreeing on something, not for files. */
export interface Wormhole {
  /** The same 32 bytes on both sides, for people to compare. */
  readonly verifier: Uint8Array;
  /** The key that both sides derive for a transit connection. */
  readonly transitKey: Uint8Array;
  /** What the other program says that it can do; not looked at here. */
  readonly theirVersions: Readonly<Record<string, unknown>>;
  send(message: unknown): void;
  /** The next message, in the order in which they were said. Throws `other-side-left`, `cancelled`, `bad-request`. */
  receive(): Promise<unknown>;
  /** Ends the channel; what was said is delivered. Twice without harm. */
  close(): Promise<void>;
}

const pakeSchema = z.object({ pake_v1: z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/) });
const versionSchema = z.object({ app_versions: z.record(z.string(), z.unknown()).default({}) });
/** Of messages that came too early, or that nobody has asked for yet. */
const maxHeldMessages = 64;
const numericPhase = /^(?:0|[1-9][0-9]{0,8})$/;

export interface WormholeEnds {
  /** For `MailboxLinkOptions.onMessage`. */
  readonly onMessage: (message: SealedMessage) => void;
  /** For `MailboxLinkOptions.onError`. */
  readonly onError: (error: EnxameError) => void;
  /**
   * Proves the code to the other side, and has it proven. Waits for somebody as long as the signal lets it. Throws
   * `code-wrong` when the other side said another code, `cancelled`, and what the link says.
   */
  open(link: MailboxLink, mailbox: string, code: Code): Promise<Wormhole>;
}

/**
 * The client-to-client protocol of Magic Wormhole over one mailbox: pake, version, then numbered messages. Everything
 * that comes is hostile until it opens under the key. (docs/spec/codes.md, W10 to W19)
 */
export function createWormhole(options: {
  readonly appId: string;
  readonly versions: Readonly<Record<string, unknown>>;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly signal: AbortSignal;
  /** The other side was there: whoever claims the nameplate from now on is somebody else. */
  readonly onMet?: () => void;
}): WormholeEnds {
  const { appId, signal } = options;
  const encoder = new TextEncoder();
  const early: SealedMessage[] = [];
  const arrived = new Map<number, unknown>();
  const seen = new Set<string>();
  let exchange: Spake2 | undefined;
  let link: MailboxLink | undefined;
  let sharedKey: Uint8Array | undefined;
  let theirVersions: Record<string, unknown> | undefined;
  let nextOut = 0;
  let nextIn = 0;
  let failure: EnxameError | undefined;
  let wake: () => void = () => undefined;
  let mood: 'lonely' | 'happy' | 'scary' | 'errory' = 'lonely';

  function fail(error: EnxameError): void {
    if (failure) return;
    failure = error;
    mood = error.code === 'code-wrong' ? 'scary' : mood === 'lonely' ? 'lonely' : 'errory';
    wake();
  }

  async function until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (failure) throw failure;
      if (signal.aborted) throw new EnxameError('cancelled');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function say(phase: string, message: unknown): void {
    if (!link || !sharedKey) throw new Error('nothing is said before the key is there');
    const plain = encoder.encode(JSON.stringify(message));
    link.add(phase, sealBox(derivePhaseKey(sharedKey, link.side, phase), options.randomBytes(nonceBytes), plain));
  }

  function onMessage(message: SealedMessage): void {
    if (failure || seen.has(message.phase)) return;
    if (seen.size >= maxHeldMessages * 4 || arrived.size + early.length >= maxHeldMessages) {
      fail(new EnxameError('bad-request'));
      return;
    }
    try {
      handle(message);
    } catch (error) {
      fail(error instanceof EnxameError ? error : new EnxameError('bad-request', undefined, { cause: error }));
    }
    wake();
  }

  function handle(message: SealedMessage): void {
    if (message.phase === 'pake') {
      if (!exchange || !link) throw new Error('a message before the mailbox was opened');
      seen.add('pake');
      options.onMet?.();
      sharedKey = exchange.finish(Buffer.from(pakeSchema.parse(parseJson(message.body)).pake_v1, 'hex'));
      say('version', { abilities: [], app_versions: options.versions });
      for (const held of early.splice(0)) handle(held);
      return;
    }
    if (!sharedKey) {
      early.push(message);
      return;
    }
    const isNumbered = numericPhase.test(message.phase);
    if (message.phase !== 'version' && !isNumbered) return; // a phase that we do not know
    seen.add(message.phase);
    const plain = parseJson(openSealed(sharedKey, message));
    if (isNumbered) arrived.set(Number(message.phase), plain);
    else theirVersions = versionSchema.parse(plain).app_versions;
  }

  return {
    onMessage,
    onError: fail,
    open: async (opened, mailbox, code) => {
      link = opened;
      const onAbort = (): void => {
        wake();
      };
      signal.addEventListener('abort', onAbort);
      exchange = startSpake2({
        password: encoder.encode(code.text),
        identity: encoder.encode(appId),
        seed: options.randomBytes(scalarSeedBytes),
      });
      link.open(mailbox);
      link.add('pake', encoder.encode(JSON.stringify({ pake_v1: Buffer.from(exchange.message).toString('hex') })));
      try {
        const versions = await until(() => theirVersions);
        const key = await until(() => sharedKey);
        mood = 'happy';
        return {
          verifier: deriveVerifier(key),
          transitKey: deriveTransitKey(key, appId),
          theirVersions: versions,
          send: (message) => {
            say(String(nextOut++), message);
          },
          receive: async () => {
            const message = await until(() => (arrived.has(nextIn) ? { value: arrived.get(nextIn) } : undefined));
            arrived.delete(nextIn++);
            return message.value;
          },
          close: () => {
            signal.removeEventListener('abort', onAbort);
            return opened.close(mood);
          },
        };
      } catch (error) {
        signal.removeEventListener('abort', onAbort);
        await opened.close(mood);
        throw error;
      }
    },
  };
}

/** Throws `code-wrong`: somebody said another code, or something else than the protocol. */
function openSealed(sharedKey: Uint8Array, { side, phase, body }: SealedMessage): Uint8Array {
  try {
    return openBox(derivePhaseKey(sharedKey, side, phase), body);
  } catch (error) {
    throw new EnxameError('code-wrong', undefined, { cause: error });
  }
}

/** Throws what `JSON.parse` and the decoder throw. */
function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
