import type { TrackerInfo } from '@enxame/shared/engine/status';
import { useCallback, useEffect, useRef, useState } from 'react';
import { parseAppLink, type AppLink } from '../../bridge/app-link.js';
import { useApp } from '../shell/app-context.js';

/** One network that was looked at, and how that went. */
export interface Probe {
  readonly url: string;
  readonly state: 'probing' | 'found' | 'failed';
  readonly info: TrackerInfo | null;
  readonly error: unknown;
}

export type NetworkInvite = Extract<AppLink, { kind: 'tracker' }>;

export interface NetworkChoice {
  readonly chosen: string | null;
  readonly probe: Probe | null;
  /** The chosen network is the one in use: names can be checked there. */
  readonly used: boolean;
  /** The link by which it was chosen, if it was by one. What it says is a claim. (docs/spec/app-links.md, K3) */
  readonly invite: NetworkInvite | null;
  /** An address, or a link that leads to a network. */
  choose(place: string): void;
  /** Makes the chosen network the one in use. `trust` takes a changed seal that was compared. */
  readonly use: (trust?: boolean) => Promise<void>;
}

/**
 * Looks at networks and takes one. On the first run a network that has no name of ours yet is taken as soon as it is
 * found, because only then can names be checked; where a name or another network is at stake, only when told to.
 */
export function useNetworkChoice(first: string | null, takeAtOnce: boolean): NetworkChoice {
  const { link } = useApp();
  const [chosen, setChosen] = useState<string | null>(null);
  const [probe, setProbe] = useState<Probe | null>(null);
  const [used, setUsed] = useState(false);
  const [invite, setInvite] = useState<NetworkInvite | null>(null);
  const latest = useRef(0);
  const started = useRef(false);

  const take = useCallback(
    async (url: string, trust: boolean): Promise<void> => {
      const turn = latest.current;
      try {
        const info = await link.call('tracker:use', { url, trust });
        if (turn !== latest.current) return;
        setProbe({ url, state: 'found', info, error: null });
        setUsed(true);
      } catch (error) {
        if (turn === latest.current) setProbe({ url, state: 'failed', info: null, error });
      }
    },
    [link],
  );

  const choose = useCallback(
    (place: string): void => {
      const turn = ++latest.current;
      started.current = true; // the person has chosen: the first offer comes too late
      const opened = parseAppLink(place);
      const leads = opened?.kind === 'tracker' ? opened : null;
      const url = leads ? `https://${leads.address}` : place;
      setInvite(leads);
      setChosen(url);
      setUsed(false);
      setProbe({ url, state: 'probing', info: null, error: null });
      link.call('tracker:probe', { url }).then(
        async (info) => {
          if (turn !== latest.current) return;
          setProbe({ url, state: 'found', info, error: null });
          if (takeAtOnce && info.registeredAs === null) await take(info.url, false);
        },
        (error: unknown) => {
          if (turn === latest.current) setProbe({ url, state: 'failed', info: null, error });
        },
      );
    },
    [link, take, takeAtOnce],
  );

  useEffect(() => {
    if (started.current || first === null) return;
    choose(first);
  }, [choose, first]);

  return {
    chosen,
    probe,
    used,
    invite,
    choose,
    use: (trust = false) => take(probe?.info?.url ?? probe?.url ?? '', trust),
  };
}
