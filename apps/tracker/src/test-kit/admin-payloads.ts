import type { PayloadIn } from '@enxame/shared/messages/request-table';
import type { accountRequests } from '@enxame/shared/tracker/account';
import type { adminRequests, noticeRequests } from '@enxame/shared/tracker/admin';
import type { statsRequests } from '@enxame/shared/tracker/stats';
import { createContentId, createEntry } from './entries.js';

type Table = typeof accountRequests & typeof adminRequests & typeof noticeRequests & typeof statsRequests;

/** One payload for each request about administration: what it asks for need not be there. */
export const adminPayloads: { readonly [N in keyof Table]: PayloadIn<Table, N> } = {
  'admin:read': {},
  'admin:configure': {},
  'admin:quota': { name: 'Ana', hostedBytes: 1 },
  'admin:appoint': { name: 'Bia' },
  'admin:dismiss': { name: 'Ana' },
  'admin:invite': {},
  'admin:invitations': {},
  'admin:uninvite': { code: 'x' },
  'admin:ban': { target: { kind: 'user', name: 'Ana' } },
  'admin:bans': {},
  'admin:unban': { id: 'x' },
  'admin:remove': { id: createEntry().id, reason: 'x' },
  'admin:removals': {},
  'admin:restore': { id: 'x' },
  'admin:announce': { text: 'x' },
  'admin:audit': {},
  'announcements:list': {},
  'removals:dismiss': { ids: [] },
  'stats:read': {},
  'account:export': {},
  'account:leave': { name: 'Ana', signature: 'x' },
  'download:report': { contentId: createContentId(), bytes: { direct: 0, relayed: 0, hosted: 0 } },
};
