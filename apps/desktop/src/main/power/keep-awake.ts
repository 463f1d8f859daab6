import type { PowerSaveBlocker } from 'electron';

export interface KeepAwake {
  set(wanted: boolean): void;
  close(): void;
}

/** Keeps the computer from sleeping while it is wanted. The screen may go dark. */
export function createKeepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): KeepAwake {
  let id: number | undefined;
  function set(wanted: boolean): void {
    if (wanted) id ??= blocker.start('prevent-app-suspension');
    else if (id !== undefined) {
      blocker.stop(id);
      id = undefined;
    }
  }
  return {
    set,
    close: () => {
      set(false);
    },
  };
}
