import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Clock } from './clock.js';

/** Is told of each that claims a nameplate held for many, with the mailbox that was made for the two. */
export type OnKnock = (mailbox: string) => void;

/**
 * The numbers at the front of codes, and the mailboxes behind them. Never listed: whoever could list them could spoil
 * every code at once. Memory only.
 */
export interface Nameplates {
  /** A free number, as short as there is, held by the side. Throws `too-large` when there is none. */
  allocate(side: string, onKnock?: OnKnock): string;
  /**
   * The mailbox behind it. With `onKnock`, and when it was free or this side's already, everybody else who claims it
   * gets a mailbox of their own. Throws `rate-limited` for a third side ("crowded").
   */
  claim(nameplate: string, side: string, onKnock?: OnKnock): string;
  /** The connection of a side is gone. It may come back; who knocks meanwhile waits for it. */
  leave(nameplate: string, side: string): void;
  release(nameplate: string, side: string): void;
  prune(): void;
  readonly size: number;
}

/** Nobody says a number of more digits aloud; 1,000 codes at a time are many for people who know each other. */
const digitsTried = [1, 2, 3, 4] as const;
export const maxNameplates = 9000;
/** Clients that lost their connection are back within a minute; who is not is gone. */
export const absenceMs = 11 * 60_000;
const sidesPerNameplate = 2;

/** Who may wait for a holder that lost its connection. */
const maxWaiting = 256;

interface ManyHolder {
  readonly side: string;
  onKnock: OnKnock | undefined;
  readonly waiting: string[];
}

interface Nameplate {
  readonly mailbox: string;
  /** True while the side has not released it. */
  readonly sides: Map<string, boolean>;
  many: ManyHolder | undefined;
  readonly connected: Set<string>;
  /** When the last side lost its connection. */
  leftAt: number;
}

export function createNameplates(deps: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly createMailbox: () => string;
}): Nameplates {
  const nameplates = new Map<string, Nameplate>();

  function freeNumber(): string {
    if (nameplates.size >= maxNameplates) throw new EnxameError('too-large');
    for (const digits of digitsTried) {
      const first = 10 ** (digits - 1);
      const free: string[] = [];
      for (let number = first; number < first * 10; number++) {
        if (!nameplates.has(String(number))) free.push(String(number));
      }
      // Not the last few of a length: two codes made at once would be neighbours that are easily mixed up.
      const chosen = free[Math.floor(deps.random() * free.length)];
      if (chosen !== undefined && free.length * 2 > first * 9) return chosen;
    }
    for (let number = 1; ; number++) if (!nameplates.has(String(number))) return String(number);
  }

  function hold(nameplate: string, side: string, onKnock: OnKnock | undefined): Nameplate {
    const held: Nameplate = {
      mailbox: deps.createMailbox(),
      sides: new Map([[side, true]]),
      many: onKnock && { side, onKnock, waiting: [] },
      connected: new Set([side]),
      leftAt: 0,
    };
    nameplates.set(nameplate, held);
    return held;
  }

  function knock(many: ManyHolder): string {
    if (many.waiting.length >= maxWaiting) throw new EnxameError('rate-limited');
    const mailbox = deps.createMailbox();
    if (many.onKnock) many.onKnock(mailbox);
    else many.waiting.push(mailbox);
    return mailbox;
  }

  function claim(nameplate: string, side: string, onKnock?: OnKnock): string {
    const held = nameplates.get(nameplate);
    if (!held) {
      if (nameplates.size >= maxNameplates) throw new EnxameError('too-large');
      return hold(nameplate, side, onKnock).mailbox;
    }
    if (held.many) {
      if (held.many.side !== side) return knock(held.many);
      held.many.onKnock = onKnock;
      for (const mailbox of held.many.waiting.splice(0)) onKnock?.(mailbox);
    } else if (onKnock && !held.sides.has(side) && held.sides.size === 1) {
      // The server was away, and somebody knocked before the holder was back.
      held.many = { side, onKnock, waiting: [] };
      onKnock(held.mailbox);
    } else if (!held.sides.has(side) && held.sides.size >= sidesPerNameplate) throw new EnxameError('rate-limited');
    held.sides.set(side, true);
    held.connected.add(side);
    return held.mailbox;
  }

  return {
    allocate: (side, onKnock) => {
      const nameplate = freeNumber();
      hold(nameplate, side, onKnock);
      return nameplate;
    },
    claim,
    leave: (nameplate, side) => {
      const held = nameplates.get(nameplate);
      if (!held?.connected.delete(side)) return;
      held.leftAt = deps.clock.now();
      if (held.many?.side === side) held.many.onKnock = undefined;
    },
    release: (nameplate, side) => {
      const held = nameplates.get(nameplate);
      if (!held?.sides.has(side)) return;
      held.sides.set(side, false);
      if (held.many?.side === side || [...held.sides.values()].every((isHeld) => !isHeld)) nameplates.delete(nameplate);
    },
    prune: () => {
      const oldest = deps.clock.now() - absenceMs;
      for (const [nameplate, { connected, leftAt }] of nameplates) {
        if (connected.size === 0 && leftAt < oldest) nameplates.delete(nameplate);
      }
    },
    get size() {
      return nameplates.size;
    },
  };
}
