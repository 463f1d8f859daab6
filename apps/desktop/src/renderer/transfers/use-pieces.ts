import type { Transfer } from '@enxame/shared/engine/transfer';
import { useEffect, useState } from 'react';
import { useApp } from '../shell/app-context.js';

/** A picture that is looked at changes this often at most. */
const everyMs = 1000;

/** Which pieces of a download are here: asked each second while bytes move, and otherwise when they have changed. */
export function usePieces({ id, bytesDone, state }: Transfer): Uint8Array | null {
  const { link } = useApp();
  const [map, setMap] = useState<Uint8Array | null>(null);
  const [tick, setTick] = useState(0);
  const moving = state === 'moving';
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => {
      setTick((count) => count + 1);
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [moving]);
  const moment = moving ? `tick ${String(tick)}` : `at ${String(bytesDone)}`;
  useEffect(() => {
    let gone = moment === '';
    link.call('transfer:pieces', { id }).then(
      (answer) => {
        if (!gone) setMap(Uint8Array.from(atob(answer.map), (character) => character.charCodeAt(0)));
      },
      () => undefined, // removed, or the engine is gone: what was seen stays, and the list says the rest
    );
    return () => {
      gone = true;
    };
  }, [link, id, moment]);
  return map;
}
