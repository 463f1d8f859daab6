import type { PayloadIn, ReplyOf } from '@enxame/shared/messages/request-table';
import type { adminRequests } from '@enxame/shared/tracker/admin';
import { adminRoutes } from '@enxame/shared/tracker/admin-routes';
import { useCallback } from 'react';
import type { TrackerApi } from '../api/tracker-api.js';
import { useAsk, type Asked } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';

type AdminRequests = typeof adminRequests;
export type AdminName = keyof AdminRequests;
export type AdminReply<N extends AdminName> = ReplyOf<AdminRequests, N>;

/** Asks the tracker for something that only administrators may. */
export function askAdmin<N extends AdminName>(
  api: TrackerApi,
  name: N,
  body: PayloadIn<AdminRequests, N>,
  signal?: AbortSignal,
): Promise<AdminReply<N>> {
  const { path, reply } = adminRoutes[name];
  return api.ask({ method: 'post', path, body, reply, signal }) as Promise<AdminReply<N>>;
}

/** What it answers to a question without parts. */
export function useAdmin<N extends 'admin:read' | 'admin:invitations' | 'admin:bans' | 'admin:removals'>(
  name: N,
): Asked<AdminReply<N>> {
  const { api } = useSite();
  return useAsk(
    useCallback(
      // None of these asks with anything.
      (signal: AbortSignal) => askAdmin(api, name, {} as PayloadIn<AdminRequests, N>, signal),
      [api, name],
    ),
  );
}
