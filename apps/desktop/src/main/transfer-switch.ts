import type { EngineFeed } from './feed/engine-feed.js';

/** Pausing everything that comes in, and going on with it. What goes out is asked for by others, and goes on. */
export function createTransferSwitch(
  feed: Pick<EngineFeed, 'state' | 'call'>,
  log: (error: unknown) => void,
): { pauseAll(): void; resumeAll(): void } {
  function each(name: 'transfer:pause' | 'transfer:resume', states: readonly string[]): void {
    for (const { id, state, direction } of feed.state.transfers.values()) {
      if (direction === 'receive' && states.includes(state)) feed.call(name, { id }).catch(log);
    }
  }
  return {
    pauseAll: () => {
      each('transfer:pause', ['waiting', 'checking', 'moving']);
    },
    resumeAll: () => {
      each('transfer:resume', ['paused']);
    },
  };
}
