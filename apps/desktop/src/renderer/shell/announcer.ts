import { createStore, type StoreApi } from 'zustand/vanilla';

export interface AnnouncerState {
  readonly text: string;
  /** Grows with each announcement, so that the same words twice are read twice. */
  readonly count: number;
  readonly say: (text: string) => void;
}

/** What a screen reader is told without moving the focus. */
export function createAnnouncer(): StoreApi<AnnouncerState> {
  return createStore<AnnouncerState>((set) => ({
    text: '',
    count: 0,
    say: (text) => {
      set(({ count }) => ({ text, count: count + 1 }));
    },
  }));
}
