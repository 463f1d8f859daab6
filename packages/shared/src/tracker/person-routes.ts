import { z } from 'zod';
import { maxRemovalsShown, noticeRequests, removedEntrySchema } from './admin.js';
import { savedSearchIdSchema, savedSearchSchema, searchRequests } from './saved-search.js';
import { tokenIdSchema, tokenRequests } from './token.js';

const empty = z.strictObject({});
const searchParams = z.object({ id: savedSearchIdSchema });

/** What is one person's: what they were told, what they look for, and what acts in their name. */
export const personRoutes = {
  announcements: {
    method: 'get',
    path: '/announcements',
    access: 'read',
    summary: 'What administrators said lately, the latest first.',
    reply: noticeRequests['announcements:list'].reply,
  },
  removals: {
    method: 'get',
    path: '/removals',
    access: 'upload',
    summary: 'What administrators took away of the person, with the reasons, until the person dismissed it.',
    reply: z.object({ removals: z.array(removedEntrySchema).max(maxRemovalsShown) }),
  },
  dismissRemovals: {
    method: 'post',
    path: '/removals/dismiss',
    access: 'upload',
    summary: 'The person knows of these.',
    body: noticeRequests['removals:dismiss'].payload,
    reply: empty,
  },
  searches: {
    method: 'get',
    path: '/searches',
    access: 'upload',
    summary: 'The saved searches of the person, with what came since somebody looked.',
    reply: searchRequests['search:list'].reply,
  },
  saveSearch: {
    method: 'post',
    path: '/searches',
    access: 'upload',
    summary: 'A search that tells when something new matches. The same query again only changes its name.',
    body: searchRequests['search:save'].payload,
    reply: savedSearchSchema,
  },
  seeSearch: {
    method: 'post',
    path: '/searches/:id/seen',
    access: 'upload',
    summary: 'What was found is old news.',
    params: searchParams,
    reply: empty,
  },
  forgetSearch: {
    method: 'delete',
    path: '/searches/:id',
    access: 'upload',
    summary: 'Looks for it no more.',
    params: searchParams,
    reply: empty,
  },
  tokens: {
    method: 'get',
    path: '/tokens',
    access: 'upload',
    summary: 'The tokens of the person, without their secrets.',
    reply: tokenRequests['tokens:list'].reply,
  },
  createToken: {
    method: 'post',
    path: '/tokens',
    access: 'upload',
    summary: 'A token for a program. Its secret is told this once.',
    body: tokenRequests['token:create'].payload,
    reply: tokenRequests['token:create'].reply,
  },
  revokeToken: {
    method: 'delete',
    path: '/tokens/:id',
    access: 'upload',
    summary: 'From now on it opens nothing.',
    params: z.object({ id: tokenIdSchema }),
    reply: empty,
  },
} as const;
