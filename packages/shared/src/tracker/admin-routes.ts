import { adminRequests } from './admin.js';

type AdminRequestName = keyof typeof adminRequests;

/** As over Socket.IO: the payload is the body, the reply is the answer. */
function toRoute<N extends AdminRequestName>(name: N, summary: string) {
  return {
    method: 'post',
    path: `/admin/${name.slice('admin:'.length)}`,
    access: 'admin',
    summary,
    body: adminRequests[name].payload as (typeof adminRequests)[N]['payload'],
    reply: adminRequests[name].reply as (typeof adminRequests)[N]['reply'],
  } as const;
}

/** For tokens with the scope `admin`, of who is an administrator. The rest of the name is that of the request. */
export const adminRoutes = {
  'admin:read': toRoute('admin:read', 'The settings, the administrators, and who has a quota of their own.'),
  'admin:configure': toRoute('admin:configure', 'Changes settings; what is not given stays.'),
  'admin:quota': toRoute('admin:quota', 'How much a person may keep on the tracker; null for what everybody may.'),
  'admin:appoint': toRoute('admin:appoint', 'Makes somebody an administrator.'),
  'admin:dismiss': toRoute('admin:dismiss', 'Somebody is no administrator any more.'),
  'admin:invite': toRoute('admin:invite', 'A code by which people may register.'),
  'admin:invitations': toRoute('admin:invitations', 'The codes that still let somebody in.'),
  'admin:uninvite': toRoute('admin:uninvite', 'A code lets nobody in any more.'),
  'admin:ban': toRoute('admin:ban', 'Shuts out a person, a device or an address range.'),
  'admin:bans': toRoute('admin:bans', 'Who is shut out.'),
  'admin:unban': toRoute('admin:unban', 'Lets in again.'),
  'admin:remove': toRoute('admin:remove', 'Takes an entry, or all entries of a content, away from their owners.'),
  'admin:removals': toRoute('admin:removals', 'What was taken away.'),
  'admin:restore': toRoute('admin:restore', 'What was taken away may be announced again.'),
  'admin:announce': toRoute('admin:announce', 'Tells everybody something.'),
  'admin:audit': toRoute('admin:audit', 'What was done, by whom, and when.'),
} as const satisfies Readonly<Record<AdminRequestName, unknown>>;
