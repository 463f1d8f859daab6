import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PathId } from '@enxame/shared/tracker/path';
import type { UserId } from '@enxame/shared/ids';
import type { Clock } from '../domain/clock.js';
import type { PathSide } from '../domain/paths.js';
import type { TrackerLimits } from '../limits.js';
import { openRelayEnd, type RelayEnd } from './relay-end.js';
import { joinRelayPipe, type RelayPipe } from './relay-pipe.js';

/** A device at the door of the relay, with a connection that has not been answered yet. */
export interface RelayGuest {
  readonly side: PathSide;
  readonly socket: Socket;
  /** Says yes, and gives what is passed on. Throws nothing; a connection that is gone ends by itself. */
  readonly admit: () => Duplex;
  readonly refuse: (error: EnxameError) => void;
}

/** What the relay has done; `bytes` counts both directions, as they came in. */
export interface RelayStats {
  readonly open: number;
  readonly total: number;
  readonly bytes: number;
}

/** Joins the two sides of a path. Owns the pipes; sees ciphertext only. (docs/spec/tracker-protocol.md, T56 to T60) */
export interface Relay {
  readonly stats: RelayStats;
  enter(guest: RelayGuest): void;
  /** Ends all. Twice without harm. */
  close(): void;
}

const refusal = (reason: 'off' | 'full' | 'user' | 'alone'): EnxameError =>
  new EnxameError('relay-refused', { reason });

export function createRelay(deps: {
  readonly isOn: boolean;
  readonly clock: Clock;
  readonly limits: Pick<TrackerLimits, 'relays' | 'relaysPerUser' | 'relayHeldBytes' | 'relayWaitMs' | 'relayIdleMs'>;
}): Relay {
  const { limits } = deps;
  const waiting = new Map<PathId, { guest: RelayGuest; leave: () => void }>();
  const pipes = new Set<RelayPipe>();
  const openOf = new Map<UserId, number>();
  let total = 0;
  let bytes = 0;

  function wait(guest: RelayGuest): void {
    const { pathId } = guest.side;
    const leave = (): void => {
      cancel();
      guest.socket.off('close', leave);
      waiting.delete(pathId);
    };
    const cancel = deps.clock.after(limits.relayWaitMs, () => {
      leave();
      guest.refuse(refusal('alone'));
    });
    guest.socket.once('close', leave);
    waiting.set(pathId, { guest, leave });
  }

  function reasonAgainst(users: readonly UserId[]): 'full' | 'user' | undefined {
    if (pipes.size >= limits.relays) return 'full';
    return users.some((id) => (openOf.get(id) ?? 0) >= limits.relaysPerUser) ? 'user' : undefined;
  }

  function join(guests: readonly [RelayGuest, RelayGuest]): void {
    const users = [...new Set(guests.map(({ side }) => side.session.user.id))];
    const reason = reasonAgainst(users);
    if (reason) {
      for (const guest of guests) guest.refuse(refusal(reason));
      return;
    }
    const [left, right] = guests;
    for (const id of users) openOf.set(id, (openOf.get(id) ?? 0) + 1);
    total++;
    const open = ({ socket, admit }: RelayGuest): RelayEnd => openRelayEnd(admit(), socket, limits.relayHeldBytes);
    const pipe = joinRelayPipe([open(left), open(right)], {
      idleMs: limits.relayIdleMs,
      onEnd: (moved) => {
        bytes += moved;
        pipes.delete(pipe);
        for (const id of users) {
          const left = (openOf.get(id) ?? 1) - 1;
          if (left > 0) openOf.set(id, left);
          else openOf.delete(id);
        }
      },
    });
    pipes.add(pipe);
  }

  return {
    get stats() {
      let moving = 0;
      for (const pipe of pipes) moving += pipe.bytes;
      return { open: pipes.size, total, bytes: bytes + moving };
    },
    enter: (guest) => {
      if (!deps.isOn) {
        guest.refuse(refusal('off'));
        return;
      }
      const other = waiting.get(guest.side.pathId);
      if (!other) {
        wait(guest);
        return;
      }
      other.leave();
      if (other.guest.side.token === guest.side.token) {
        // It comes by another way. That it left, nobody can tell whose bytes nobody reads.
        other.guest.socket.destroy();
        wait(guest);
        return;
      }
      join([other.guest, guest]);
    },
    close: () => {
      for (const { guest, leave } of [...waiting.values()]) {
        leave();
        guest.socket.destroy();
      }
      for (const pipe of pipes) pipe.close();
    },
  };
}
