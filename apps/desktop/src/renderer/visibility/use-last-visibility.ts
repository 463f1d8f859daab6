import type { Visibility } from '@enxame/shared/engine/visibility';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useApp, useStatus } from '../shell/app-context.js';
import { remember } from './visibility-memory.js';

const usual: Visibility = { kind: 'everyone' };

/** For whom this person last shared in the network of now, and what remembers another choice. */
export function useLastVisibility(): readonly [Visibility, (visibility: Visibility) => void] {
  const { visibilityMemory } = useApp();
  const network = useStatus().tracker?.trackerId;
  const last = useStore(visibilityMemory, (memory) => (network === undefined ? undefined : memory[network]));
  const keep = useCallback(
    (visibility: Visibility) => {
      if (network === undefined) return;
      visibilityMemory.setState(remember(visibilityMemory.getState(), network, visibility), true);
    },
    [visibilityMemory, network],
  );
  return [last ?? usual, keep];
}
