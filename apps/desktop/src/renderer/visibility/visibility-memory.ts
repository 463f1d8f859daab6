import { visibilitySchema, type Visibility } from '@enxame/shared/engine/visibility';
import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';

const storageKey = 'enxame.visibility';
/** Networks beyond these are asked anew. */
const maxNetworks = 20;

/** For whom somebody last shared, by the network's id: people are known in one network, and are nobody in another. */
export type VisibilityMemory = Readonly<Record<string, Visibility>>;

const storedSchema = z.record(z.string(), visibilitySchema);

/** Kept in this browser, or this window's profile: it is where a choice begins, and decides nothing by itself. */
export function createVisibilityMemory(shelf: Pick<Storage, 'getItem' | 'setItem'>): StoreApi<VisibilityMemory> {
  const store = createStore<VisibilityMemory>(() => readMemory(shelf.getItem(storageKey)));
  store.subscribe((memory) => {
    shelf.setItem(storageKey, JSON.stringify(memory));
  });
  return store;
}

export function remember(memory: VisibilityMemory, network: string, visibility: Visibility): VisibilityMemory {
  const others = Object.entries(memory).filter(([id]) => id !== network);
  return Object.fromEntries([...others.slice(-(maxNetworks - 1)), [network, visibility]]);
}

/** What an older or a newer version wrote is as good as nothing. */
function readMemory(text: string | null): VisibilityMemory {
  if (text === null) return {};
  try {
    return storedSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {}; // not JSON: somebody else's
  }
}
